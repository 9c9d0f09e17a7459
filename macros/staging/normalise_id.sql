{#-
    A code that one person or company has: normalise_code. What people type who have none is none: null without a digit
    (N/A, none), below four signs, or of one sign only (0000000); else all of them would be one person.
-#}
{% macro normalise_id(code) -%}
    {%- set id = normalise_code(code) -%}
    case
        when
            regexp_matches({{ id }}, '[0-9]')
            and length({{ id }}) >= 4
            and replace({{ id }}, left({{ id }}, 1), '') != ''
            then {{ id }}
    end
{%- endmacro %}
