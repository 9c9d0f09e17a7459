-- Grain: one row per region and baseline night, and one for everybody ('all'): what one
-- in 200 hours in which a person (identity cluster) ordered anything was worth more
-- than, over 90 days. Fewer than 200 such hours: no row.
with baselines as (
    {{ baseline_nights() }}
),

sales as (
    select
        *,
        cast(placed_at as date) as placed_on,
        date_trunc('hour', placed_at) as hour_at
    from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

members as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type = 'user'
),

hours as (
    select
        sales.region,
        coalesce(members.cluster_id, 'user:' || sales.buyer_user_id) as cluster_id,
        sales.hour_at,
        sum(sales.paid_usd) as paid_usd,
        baselines.night
    from baselines
    inner join sales
        on
            baselines.night >= sales.night
            and baselines.night - 90 < sales.placed_on
    left join members
        on
            sales.buyer_user_id = members.party_id
            and baselines.night >= members.night
            and baselines.night < coalesce(members.until_night, date '9999-12-31')
    group by
        baselines.night, sales.region, sales.hour_at,
        coalesce(members.cluster_id, 'user:' || sales.buyer_user_id)
    having count(*) = count(sales.paid_usd)
),

placed as (
    select
        *,
        unnest([region, 'all']) as peer_group
    from hours
),

int_hour_spend_baselines as (
    select
        peer_group,
        count(*) as hours,
        cast(quantile_disc(paid_usd, 0.995) as decimal(18, 2)) as high_hour_usd,
        cast(night - min(cast(hour_at as date)) as bigint) as history_days,
        night
    from placed
    group by peer_group, night
    having count(*) >= 200
)

select * from int_hour_spend_baselines
