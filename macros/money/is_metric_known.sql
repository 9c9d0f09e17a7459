{#-
    Whether what a metric is made of was delivered, as of the last night: one row with is_known. What nobody delivers is
    unknown, not zero.
-#}
{% macro is_metric_known(metric_id) -%}
    select coalesce(max_by(is_ready, night), false) as is_known
    from {{ ref('fct_metric_coverage') }}
    where metric_id = '{{ metric_id }}'
{%- endmacro %}
