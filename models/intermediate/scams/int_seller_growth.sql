-- Grain: one row per seller and night on which its sales of 35 days changed: the paid
-- sales of 7 days beside a week of the 28 days before, as a difference of logarithms.
with rolled as (
    {{ rolling_sums(ref('int_seller_sales_daily'), 'seller_id', {
        7: ['paid_usd'],
        35: ['paid_usd', 'unpriced_sales'],
    }) }}
),

int_seller_growth as (
    select
        seller_id,
        paid_usd_7d,
        cast(paid_usd_35d - paid_usd_7d as decimal(18, 2)) as paid_usd_28d_before,
        unpriced_sales_35d,
        cast(
            ln(greatest(paid_usd_7d, 0) + 1)
            - ln(greatest(paid_usd_35d - paid_usd_7d, 0) / 4 + 1) as decimal(12, 6)
        ) as growth,
        night
    from rolled
)

select * from int_seller_growth
