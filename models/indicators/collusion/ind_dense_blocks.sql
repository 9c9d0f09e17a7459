-- Grain: one row per block and baseline night: how dense a group of buyers and sellers
-- is beside chance, how much of its shops' trade it is, and whether its orders look
-- like tasks: placed without looking around, or sent in parcels too light for what they
-- should hold.
with members as (
    select * from {{ ref('int_dense_block_members') }}
    where {{ in_range('night') }}
),

orders as (
    select * from {{ ref('int_dense_block_orders') }}
    where {{ in_range('night') }}
),

spreads as (
    select * from {{ ref('int_peer_spreads') }}
    where {{ in_range('night') }} and entity_type = 'seller' and peer_group = 'all'
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='orders') }}
),

blocks as (
    select
        block_id,
        density,
        null_density,
        count(*) filter (where member_type = 'cluster') as buyers,
        count(*) filter (where member_type = 'seller') as sellers,
        night
    from members
    group by block_id, density, null_density, night
),

shares as (
    select
        block_id,
        count(*) as seller_orders_28d,
        count(*) filter (where is_inside) as block_orders_28d,
        count(is_unbrowsed) filter (where is_inside) as session_orders_28d,
        count(*) filter (where is_inside and is_unbrowsed) as unbrowsed_orders_28d,
        count(is_light) filter (where is_inside) as weighed_orders_28d,
        count(*) filter (where is_inside and is_light) as light_orders_28d,
        {{ sum_if_all_known('support_usd', 'is_inside') }} as support_usd_28d,
        min(placed_at) filter (where is_inside) as first_event_at,
        max(placed_at) filter (where is_inside) as last_event_at,
        night
    from orders
    group by block_id, night
),

ind_dense_blocks as (
    select
        'block' as entity_type,
        blocks.block_id as entity_id,
        profiles.region,
        profiles.business_line,
        case
            when profiles.seller_id is null then 'no_account'
            when browsing.night is null and weights.night is null then 'no_baseline'
            when shares.support_usd_28d is null then 'no_fx'
        end as missing_input,
        cast(blocks.night - profiles.onboarded_on as integer) as history_days,
        blocks.buyers,
        blocks.sellers,
        blocks.density,
        blocks.null_density,
        cast(
            cast(blocks.density as double) / nullif(blocks.null_density, 0)
            as decimal(18, 6)
        ) as density_ratio,
        shares.seller_orders_28d,
        shares.block_orders_28d,
        cast(
            cast(shares.block_orders_28d as double) / shares.seller_orders_28d
            as decimal(9, 6)
        ) as internal_share,
        shares.session_orders_28d,
        shares.unbrowsed_orders_28d,
        cast({{ robust_z(
            'cast(shares.unbrowsed_orders_28d as double)'
            ~ ' / nullif(shares.session_orders_28d, 0)',
            'browsing.median_rate', 'browsing.median_deviation',
            'browsing.mean_deviation'
        ) }} as decimal(18, 4)) as unbrowsed_z,
        shares.weighed_orders_28d,
        shares.light_orders_28d,
        cast({{ robust_z(
            'cast(shares.light_orders_28d as double)'
            ~ ' / nullif(shares.weighed_orders_28d, 0)',
            'weights.median_rate', 'weights.median_deviation', 'weights.mean_deviation'
        ) }} as decimal(18, 4)) as light_z,
        shares.support_usd_28d,
        blocks.night,
        shares.first_event_at,
        shares.last_event_at
    from blocks
    inner join shares
        on blocks.block_id = shares.block_id and blocks.night = shares.night
    left join spreads as browsing
        on blocks.night = browsing.night and browsing.measure = 'unbrowsed_orders'
    left join spreads as weights
        on blocks.night = weights.night and weights.measure = 'light_parcels'
    left join profiles
        on
            blocks.block_id = profiles.seller_id
            and blocks.night >= profiles.night
            and blocks.night < coalesce(profiles.until_night, date '9999-12-31')
)

select * from ind_dense_blocks
