{#-
    The share of `amount` (minor units) that belongs to `part` of `whole`, to the nearest unit (half up): nothing at part
    0, everything at part = whole, never falling as the part grows. Null stays null: an unknown amount has no share.
-#}
{% macro pro_rata(amount, part, whole) -%}
    cast({{ whole_part(
        '(2 * cast(' ~ amount ~ ' as hugeint) * ' ~ part ~ ' + ' ~ whole ~ ')', '(2 * ' ~ whole ~ ')'
    ) }} as bigint)
{%- endmacro %}
