-- Grain: one row per order known by the cut-off: where its money is counted.
select
    order_id,
    coalesce(region, 'unknown') as region,
    coalesce(business_line, 'unknown') as business_line
from published.fct_orders
where first_night <= getvariable('cut_off')
