-- Grain: one row per baseline night and identity cluster that bought from another one
-- and sold to it in 30 days: that partner (of several the one with which most value
-- goes both ways) and how even the trade is.
with flows as (
    select * from {{ ref('int_value_flows') }}
    where {{ in_range('night') }} and purchases > 0
),

pairs as (
    select
        bought.payer_id as cluster_id,
        bought.payee_id as partner_id,
        bought.purchases as purchases_out,
        sold.purchases as purchases_in,
        bought.purchases_usd as usd_out,
        sold.purchases_usd as usd_in,
        cast(bought.purchases_usd as double) / bought.purchases as mean_out,
        cast(sold.purchases_usd as double) / sold.purchases as mean_in,
        bought.night
    from flows as bought
    inner join flows as sold
        on
            bought.payer_id = sold.payee_id
            and bought.payee_id = sold.payer_id
            and bought.night = sold.night
),

int_mutual_traders as (
    select
        cluster_id,
        partner_id,
        purchases_out,
        purchases_in,
        cast(
            cast(least(usd_out, usd_in) as double)
            / nullif(greatest(usd_out, usd_in), 0) as decimal(9, 6)
        ) as reciprocity,
        cast(
            1 - least(mean_out, mean_in) / nullif(greatest(mean_out, mean_in), 0)
            as decimal(9, 6)
        ) as mean_gap,
        night
    from pairs
    qualify row_number() over (
            partition by cluster_id, night
            order by least(usd_out, usd_in) desc, partner_id asc
        ) = 1
)

select * from int_mutual_traders
