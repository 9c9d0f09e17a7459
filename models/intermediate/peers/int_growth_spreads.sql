-- Grain: one row per peer group of sellers and baseline night, and one for everybody
-- ('all'): the middle of the growth of those who sold in the last 35 days, and how far
-- they lie from it. A group of fewer than 30, or all alike, uses the group above it.
with baselines as (
    {{ baseline_nights() }}
),

growth as (
    select
        states.seller_id,
        baselines.night,
        max_by(states.growth, states.night) as growth,
        max_by(states.paid_usd_7d + states.paid_usd_28d_before, states.night)
            as paid_usd_35d
    from baselines
    inner join {{ ref('int_seller_growth') }} as states
        on
            baselines.night >= states.night
            and baselines.night - 35 < states.night
    group by states.seller_id, baselines.night
),

members as (
    select
        peers.*,
        growth.growth
    from {{ ref('int_peer_members') }} as peers
    inner join growth
        on peers.entity_id = growth.seller_id and peers.night = growth.night
    where
        peers.entity_type = 'seller'
        and peers.measure = 'diverted_orders'
        and {{ in_range('peers.night') }}
        and growth.paid_usd_35d > 0
),

placed as (
    {{ peer_levels('members') }}
),

middles as (
    select
        *,
        cast(median(growth) over (
            partition by night, pg_level, level_group
        ) as decimal(12, 6)) as median_growth
    from placed
),

spreads as (
    select
        entity_type,
        measure,
        pg_level,
        level_group,
        night,
        count(*) as entities,
        min(median_growth) as median_growth,
        cast(median(abs(growth - median_growth)) as decimal(12, 6))
            as median_deviation,
        cast(sum(abs(growth - median_growth)) / count(*) as decimal(12, 6))
            as mean_deviation
    from middles
    group by entity_type, measure, pg_level, level_group, night
    having count(*) >= 30
),

used as (
    {{ peer_answers('placed', 'spreads', speaks='mean_deviation > 0') }}
),

int_growth_spreads as (
    select
        peer_group,
        level_group as group_used,
        entities,
        median_growth,
        median_deviation,
        mean_deviation,
        night
    from used
)

select * from int_growth_spreads
