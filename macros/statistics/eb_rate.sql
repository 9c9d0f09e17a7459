{#-
    A small entity's rate, pulled towards its peers: (x + alpha) / (n + alpha + beta) with the Beta(alpha, beta) prior of
    its peer group (int_peer_baselines). Rounded to 6 digits. 3 of 10 under Beta(2, 48): 5 / 60 = 0.083333.
-#}
{% macro eb_rate(x, n, alpha, beta) -%}
    cast(
        (cast({{ x }} as double) + {{ alpha }}) / nullif({{ n }} + {{ alpha }} + {{ beta }}, 0)
        as decimal(12, 6)
    )
{%- endmacro %}
