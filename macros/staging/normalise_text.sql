{#- Lower case, no accents, punctuation as one space. -#}
{% macro normalise_text(text) -%}
    trim(regexp_replace(lower(strip_accents({{ text }})), '[^\p{L}\p{N}]+', ' ', 'g'))
{%- endmacro %}
