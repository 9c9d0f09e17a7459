{#-
    What a small entity's rate is at least: the one-sided 95 % Wilson bound of its shrunken counts. Rates of entities
    of different size are compared through this and through nothing else. Null without a prior.
-#}
{% macro eb_lower(x, n, alpha, beta) -%}
    {{ return(wilson_lower(
        '(' ~ x ~ ' + ' ~ alpha ~ ')', '(' ~ n ~ ' + ' ~ alpha ~ ' + ' ~ beta ~ ')', 1.645
    )) }}
{%- endmacro %}
