{#-
    Minor units of a currency in US dollars, exact until the one rounding to cents (half away from zero). Null when the
    rate or the currency's exponent is unknown: a value is never guessed.
-#}
{% macro amount_in_usd(amount, usd_per_unit, exponent) -%}
    cast(round(
        cast({{ amount }} as decimal(19, 0))
        * cast(
            {{ usd_per_unit }} * cast(pow(10, -{{ exponent }}) as decimal(8, 6)) as decimal(19, 13)
        ),
        2
    ) as decimal(18, 2))
{%- endmacro %}
