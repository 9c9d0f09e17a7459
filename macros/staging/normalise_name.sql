{#-
    A name without accents, umlauts, case, punctuation and word order: García Pérez, Ana = ana garcia perez. An apostrophe
    parts no words: O'Brien = OBrien.
-#}
{% macro normalise_name(name) -%}
    {%- set name = "regexp_replace(" ~ name ~ ", '[''’ʼ`´]', '', 'g')" -%}
    array_to_string(list_sort(string_split({{ fold_umlauts(normalise_text(name)) }}, ' ')), ' ')
{%- endmacro %}
