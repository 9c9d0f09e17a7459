{#-
    The words of a street line: no case, accents and punctuation, common ones shortened in the languages of the regions, words
    for a flat or a number left out, little words too, the house number in front. The flat's number stays.
-#}
{% macro street_words(street) -%}
    {%- set spellings = [
        ['\\b(apartment|apartamento|apt|apto|unit|flat|suite|ste|wohnung|whg|piso|appartement|app|depto|dpto)\\b', ''],
        ['\\b(nummer|nr|no|numero|num)\\b|nº', ''],
        ['(\\d)[ºª]', '\\1'],
        ['^(calle|cl|c)\\b', 'calle'],
        ['\\s?(strasse|str)\\b', ' st'],
        ['\\bstreet\\b', 'st'],
        ['\\broad\\b', 'rd'],
        ['\\b(avenue?|avenida|avda|avd|av)\\b', 'ave'],
        ['\\blane\\b', 'ln'],
        ['\\bdrive\\b', 'dr'],
        ['\\b(boulevard|bld|bd)\\b', 'blvd'],
        ['\\b(place|platz|plaza|plz|square|sq)\\b', 'pl'],
        ['\\b(carretera|crta)\\b', 'ctra'],
        ['\\b(de|del|des|du|da|do|la|le|l|el)\\b', ''],
        [' +', ' '],
        ['\\b(\\d+) ([a-z])\\b', '\\1\\2'],
        ['^ ?([^\\d ][^\\d]*) (\\d+[a-z]?)\\b', '\\2 \\1'],
    ] -%}
    {%- set line = namespace(sql=fold_umlauts(normalise_text(street))) -%}
    {%- for spelling, short in spellings -%}
        {%- set line.sql = "regexp_replace(" ~ line.sql ~ ", '" ~ spelling ~ "', '" ~ short ~ "', 'g')" -%}
    {%- endfor -%}
    trim(regexp_replace({{ line.sql }}, ' +', ' ', 'g'))
{%- endmacro %}
