-- Grain: one row per region and baseline night, and one for everybody ('all'): how fast
-- the quickest hundredth of people pay, each person (identity cluster) one vote with
-- the middle of its checkouts of 90 days. Fewer than 100 people: no row.
with baselines as (
    {{ baseline_nights() }}
),

checkouts as (
    select * from {{ ref('int_order_checkouts') }}
    where night <= {{ to_night() }} and paid_on > {{ from_night() }} - 90
),

members as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type = 'user'
),

people as (
    select
        checkouts.region,
        coalesce(members.cluster_id, 'user:' || checkouts.buyer_user_id) as cluster_id,
        quantile_disc(checkouts.checkout_seconds, 0.5) as checkout_seconds,
        baselines.night
    from baselines
    inner join checkouts
        on
            baselines.night >= checkouts.night
            and baselines.night - 90 < checkouts.paid_on
    left join members
        on
            checkouts.buyer_user_id = members.party_id
            and baselines.night >= members.night
            and baselines.night < coalesce(members.until_night, date '9999-12-31')
    group by all
),

placed as (
    select
        *,
        unnest([region, 'all']) as peer_group
    from people
),

int_checkout_baselines as (
    select
        peer_group,
        count(*) as people,
        quantile_disc(checkout_seconds, 0.01) as quick_seconds,
        night
    from placed
    group by peer_group, night
    having count(*) >= 100
)

select * from int_checkout_baselines
