{#-
    One end of the Wilson interval: (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n), with p = x/n. Written
    over n so that no share is ever computed on its own.
-#}
{% macro wilson_bound(x, n, z, sign) -%}
    {%- set x = 'cast(' ~ x ~ ' as double)' -%}
    {%- set n = 'cast(' ~ n ~ ' as double)' -%}
    cast(case
        when {{ n }} > 0
            then (
                {{ x }} + {{ z }} * {{ z }} / 2
                {{ sign }} {{ z }} * sqrt(
                    greatest({{ x }} * ({{ n }} - {{ x }}) / {{ n }}, 0) + {{ z }} * {{ z }} / 4
                )
            ) / ({{ n }} + {{ z }} * {{ z }})
    end as decimal(12, 6))
{%- endmacro %}
