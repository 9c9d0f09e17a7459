{#- Lower case, no accents, punctuation as one space. A Greek sigma at the end is a sigma. -#}
{% macro normalise_text(text) -%}
    trim(regexp_replace(
        replace(lower(strip_accents({{ ascii_digits(text) }})), 'ς', 'σ'), '[^\p{L}\p{N}]+', ' ', 'g'
    ))
{%- endmacro %}
