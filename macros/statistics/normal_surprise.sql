{#-
    How surprising a standard normal value of `z` or more is: -log10 of the upper tail, rounded once to six digits.
    The complementary error function is the rational fit of Numerical Recipes (relative error below 1.2e-7), kept in
    logarithms, so that far tails do not underflow.
-#}
{% macro normal_surprise(z) -%}
    {%- set x = '(abs(' ~ z ~ ') / sqrt(2.0))' -%}
    {%- set t = '(1 / (1 + 0.5 * ' ~ x ~ '))' -%}
    {%- set log_erfc -%}
        ln({{ t }}) - {{ x }} * {{ x }} + list_sum(list_transform(
            range(0, 10),
            lambda i: pow({{ t }}, i) * list_extract(
                [
                    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806,
                    0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277
                ],
                i + 1
            )
        ))
    {%- endset -%}
    round(
        -(
            case
                when {{ z }} >= 0 then {{ log_erfc }} - ln(2.0)
                else ln(1 - exp({{ log_erfc }}) / 2)
            end
        ) / ln(10.0),
        6
    )
{%- endmacro %}
