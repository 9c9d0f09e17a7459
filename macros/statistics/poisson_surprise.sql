{#-
    How surprising it is to count `k` or more where `lambda` are expected: -log10 P(X >= k), rounded once to six
    digits. Up to lambda = 1000 the tail is summed exactly, relative to its largest term, so that it neither underflows
    nor loses digits (1 - P(X < k) knows nothing below 1e-12); above, by the cube-root normal approximation of Wilson
    and Hilferty. `dispersion` (variance / mean of the baseline) shrinks both numbers when counts are burstier than
    Poisson; below 1.5 it is taken as Poisson. Nothing counted is no surprise (0); nothing expected cannot be judged
    (null).
-#}
{% macro poisson_surprise(k, lambda, dispersion=none) -%}
    {%- if dispersion -%}
        {%- set scale = 'case when ' ~ dispersion ~ ' > 1.5 then cast(' ~ dispersion ~ ' as double) else 1.0 end' -%}
        {%- set n = 'cast(floor((' ~ k ~ ') / (' ~ scale ~ ')) as bigint)' -%}
        {%- set mean = '(cast(' ~ lambda ~ ' as double) / (' ~ scale ~ '))' -%}
    {%- else -%}
        {%- set n = 'cast(' ~ k ~ ' as bigint)' -%}
        {%- set mean = 'cast(' ~ lambda ~ ' as double)' -%}
    {%- endif -%}
    {%- set top = 'greatest(' ~ n ~ ', cast(floor(' ~ mean ~ ') as bigint))' -%}
    case
        when {{ n }} is null or {{ mean }} is null or {{ mean }} <= 0 then null
        when {{ n }} <= 0 then 0.0
        when {{ mean }} <= 1000
            then round(
                (
                    {{ mean }} - {{ top }} * ln({{ mean }}) + lgamma({{ top }} + 1)
                    - ln(list_sum(list_transform(
                        range({{ n }}, {{ top }} + 10 * cast(sqrt({{ top }}) as bigint) + 40),
                        lambda i: exp(
                            (i - {{ top }}) * ln({{ mean }})
                            - lgamma(i + 1) + lgamma({{ top }} + 1)
                        )
                    )))
                ) / ln(10.0) + 0.0,
                6
            )
        else {{ normal_surprise(
            '3 * sqrt(' ~ n ~ ') * (1 - 1.0 / (9 * ' ~ n ~ ') - cbrt(' ~ mean ~ ' / ' ~ n ~ '))'
        ) }}
    end
{%- endmacro %}
