{#-
    A name without accents, umlauts, case, punctuation, word order and Cyrillic: García Pérez, Ana = ana garcia perez,
    Иван Петров = Petrov, Ivan. An apostrophe parts no words: O'Brien = OBrien.
-#}
{% macro normalise_name(name) -%}
    {%- set name = "regexp_replace(" ~ name ~ ", '[''’ʼ`´]', '', 'g')" -%}
    array_to_string(list_sort(string_split({{ fold_umlauts(latin_letters(normalise_text(name))) }}, ' ')), ' ')
{%- endmacro %}
