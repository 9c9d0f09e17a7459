-- Grain: one row per metric: whether what it is made of was delivered by the cut-off.
select
    metric_id,
    is_ready,
    missing_input
from published.fct_metric_coverage
where night = getvariable('cut_off')
order by metric_id
