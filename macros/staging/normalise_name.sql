{#- A name without accents, case, punctuation and word order: García Pérez, Ana = ana garcia perez. -#}
{% macro normalise_name(name) -%}
    array_to_string(list_sort(string_split({{ normalise_text(name) }}, ' ')), ' ')
{%- endmacro %}
