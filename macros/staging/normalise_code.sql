{#- An identifier people type with blanks and dashes (tax id, document, account): upper-case letters and digits. -#}
{% macro normalise_code(code) -%}
    regexp_replace(upper({{ code }}), '[^A-Z0-9]', '', 'g')
{%- endmacro %}
