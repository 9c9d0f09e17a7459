{#-
    A street line without case, accents and punctuation, common street words shortened, words for a flat left out:
    12 Maple Street, Apt. 5 = 12 MAPLE St. #5. The flat's number stays: neighbours are not one household.
-#}
{% macro normalise_street(street) -%}
    {%- set spellings = [
        ['apartment|apt|unit|flat|suite|ste', ''],
        ['street|str', 'st'],
        ['road', 'rd'],
        ['avenue|avenida|av', 'ave'],
        ['lane', 'ln'],
        ['drive', 'dr'],
        ['boulevard', 'blvd'],
    ] -%}
    {%- set line = namespace(sql=normalise_text(street)) -%}
    {%- for words, short in spellings -%}
        {%- set line.sql = "regexp_replace(" ~ line.sql ~ ", '\\b(" ~ words ~ ")\\b', '" ~ short ~ "', 'g')" -%}
    {%- endfor -%}
    trim(regexp_replace({{ line.sql }}, ' +', ' ', 'g'))
{%- endmacro %}
