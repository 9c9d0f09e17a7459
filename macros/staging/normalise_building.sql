{#-
    The building of a street line: normalise_street without the flat. A word for a flat goes with what follows it, a
    number sign too; after a house number in front, a number at the end is a flat: 12 Maple St Apt 5 = 12 Maple St #5 =
    12 maple street 5 = 12 maple st. Unitas Street 3 keeps its 3.
-#}
{% macro normalise_building(street, country='null') -%}
    {%- set door = "'\\b(apartment|apartamento|apt|apto|unit|flat|suite|ste|room|floor)\\s+\\w+'" -%}
    {%- set numbered = "replace(" ~ order_street(street, country) ~ ", '#', ' unit ')" -%}
    trim(regexp_replace(
        {{ street_words("regexp_replace(" ~ normalise_text(numbered) ~ ", " ~ door ~ ", '', 'g')") }},
        '^(\d+\w? .*[^\d ]) \d+\w?$', '\1'
    ))
{%- endmacro %}
