{#-
    Join condition: the one policy row of a candidate's night, region and business line. A region or business line
    the policy does not name, or that is not known, falls under `all`.
-#}
{% macro policy_applies(candidate, policy='policy') -%}
    {{ candidate }}.night >= {{ policy }}.valid_from
    and {{ candidate }}.night < {{ policy }}.valid_to
    and {{ policy }}.region = case
        when list_contains({{ policy }}.named_regions, {{ candidate }}.region) then {{ candidate }}.region
        else 'all'
    end
    and {{ policy }}.business_line = case
        when list_contains({{ policy }}.named_business_lines, {{ candidate }}.business_line)
            then {{ candidate }}.business_line
        else 'all'
    end
{%- endmacro %}
