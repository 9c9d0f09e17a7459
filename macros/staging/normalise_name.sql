{#- A name without accents, umlauts, case, punctuation and word order: García Pérez, Ana = ana garcia perez. -#}
{% macro normalise_name(name) -%}
    array_to_string(list_sort(string_split({{ fold_umlauts(normalise_text(name)) }}, ' ')), ' ')
{%- endmacro %}
