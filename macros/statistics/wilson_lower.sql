{#-
    Lower end of the Wilson interval of a share: `x` of `n`, `z` standard errors (1.96: 95 % two-sided, 1.645: 95 %
    one-sided). Null when n is 0. Rounded to 6 digits, once, so that a threshold never turns on the last bit.
    Reference: 1 of 11 at 1.96 gives 0.0162.
-#}
{% macro wilson_lower(x, n, z=1.645) -%}
    {{ return(wilson_bound(x, n, z, '-')) }}
{%- endmacro %}
