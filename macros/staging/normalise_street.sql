{#-
    A street line in one spelling: its parts in one order (order_street), its words in one form (street_words).
    12 Maple Street, Apt. 5 = Apt 5, 12 MAPLE St. = 12 Maple St #5; Lindenstraße 12 a = Linden Str. 12A = 12a Lindenstrasse.
    The flat's number stays: neighbours are not one household.
-#}
{% macro normalise_street(street, country='null') -%}
    {{ street_words(order_street(street, country)) }}
{%- endmacro %}
