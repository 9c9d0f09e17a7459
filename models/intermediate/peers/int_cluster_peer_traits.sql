-- Grain: one row per buyer cluster active in the last 90 days and baseline night: what
-- makes its peer group, and its refunded and fulfilled orders of the last 180 days.
-- Closed and suspended accounts count like any other.
with baselines as (
    {{ baseline_nights() }}
),

orders as (
    select * from {{ ref('int_cluster_orders_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 180
),

spend as (
    select * from {{ ref('int_cluster_spend_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 180
),

profiles as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by cluster_id order by night
        ) as until_night
    from {{ ref('int_cluster_profiles') }}
    where night <= {{ to_night() }}
),

records as (
    select
        orders.cluster_id,
        baselines.night,
        sum(orders.refunded_orders) as refunded_orders,
        sum(orders.fulfilled_orders) as fulfilled_orders,
        coalesce(sum(orders.fulfilled_orders) filter (
            where orders.event_date > baselines.night - 90
        ), 0) as orders_90d
    from baselines
    inner join orders
        on
            baselines.night >= orders.night
            and orders.event_date > baselines.night - 180
            and baselines.night >= orders.event_date
    group by orders.cluster_id, baselines.night
),

categories as (
    select
        spend.cluster_id,
        baselines.night,
        spend.category_l1
    from baselines
    inner join spend
        on
            baselines.night >= spend.night
            and spend.event_date > baselines.night - 180
            and baselines.night >= spend.event_date
    group by spend.cluster_id, baselines.night, spend.category_l1
    having sum(spend.items) > 0
    qualify row_number() over (
            partition by spend.cluster_id, baselines.night
            order by sum(spend.paid_usd) desc, spend.category_l1
        ) = 1
),

int_cluster_peer_traits as (
    select
        'cluster' as entity_type,
        records.cluster_id as entity_id,
        'refunded_orders' as measure,
        coalesce(categories.category_l1, 'unknown') as category_l1,
        coalesce(profiles.region, 'unknown') as region,
        records.night - profiles.opened_on as tenure_days,
        cast(records.orders_90d as bigint) as orders_90d,
        cast(records.refunded_orders as bigint) as successes,
        cast(records.fulfilled_orders as bigint) as trials,
        records.night
    from records
    left join categories
        on records.cluster_id = categories.cluster_id
            and records.night = categories.night
    left join profiles
        on
            records.cluster_id = profiles.cluster_id
            and records.night >= profiles.night
            and records.night < profiles.until_night
    where records.orders_90d > 0
)

select * from int_cluster_peer_traits
