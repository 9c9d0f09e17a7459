{#- One spelling per mailbox: lower case, no +tag; dots do not count at Gmail. -#}
{% macro normalise_email(email) -%}
    case
        when regexp_matches(lower(trim({{ email }})), '@(gmail|googlemail)\.com$')
            then replace(split_part(split_part(lower(trim({{ email }})), '@', 1), '+', 1), '.', '')
                || '@gmail.com'
        when {{ email }} like '%@%'
            then split_part(split_part(lower(trim({{ email }})), '@', 1), '+', 1)
                || '@' || split_part(lower(trim({{ email }})), '@', 2)
        else lower(trim({{ email }}))
    end
{%- endmacro %}
