{#- Upper end of the Wilson interval; see `wilson_lower`. Reference: 1 of 11 at 1.96 gives 0.3774. -#}
{% macro wilson_upper(x, n, z=1.645) -%}
    {{ return(wilson_bound(x, n, z, '+')) }}
{%- endmacro %}
