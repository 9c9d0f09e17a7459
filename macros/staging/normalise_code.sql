{#- An identifier people type with blanks and dashes (tax id, document, account): upper-case letters and digits. -#}
{% macro normalise_code(code) -%}
    regexp_replace(upper({{ ascii_digits(code) }}), '[^\p{L}\p{N}]', '', 'g')
{%- endmacro %}
