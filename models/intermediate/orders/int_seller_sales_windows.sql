-- Grain: one row per seller and night on which a sale entered or left one of the
-- windows: its paid, uncancelled sales of the last year and of the last four weeks.
with int_seller_sales_windows as (
    {{ rolling_sums(ref('int_seller_sales_daily'), 'seller_id', {
        365: ['new_goods_sales', 'new_goods_usd', 'unpriced_sales'],
        28: ['sales', 'paid_usd'],
    }) }}
)

select * from int_seller_sales_windows
