{#- Digits only, without the international prefix's zeros: +49 (0)30 12 and 0049 30 12 give one number. -#}
{% macro normalise_phone(phone) -%}
    regexp_replace(
        regexp_replace(replace({{ phone }}, '(0)', ''), '[^0-9]', '', 'g'), '^0+', ''
    )
{%- endmacro %}
