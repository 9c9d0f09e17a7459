-- Grain: one row per block of buyers and sellers and baseline night on which it traded
-- with itself far more than chance, in orders that look like tasks.
with blocks as (
    select * from {{ ref('ind_dense_blocks') }}
    where {{ in_range('night') }}
),

orders as (
    select * from {{ ref('int_dense_block_orders') }}
    where {{ in_range('night') }} and is_inside
),

members as (
    select * from {{ ref('int_dense_block_members') }}
    where {{ in_range('night') }} and member_type = 'seller'
),

policy as (
    {{ policy_in_force('COL-02', [
        'min_density_ratio', 'min_buyers', 'min_sellers', 'min_internal_share',
        'min_trait_z', 'min_trait_orders', 'min_history_days'
    ]) }}
),

compared as (
    select
        blocks.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from blocks
    inner join policy on {{ policy_applies('blocks') }}
    where
        blocks.missing_input is null
        and blocks.history_days >= policy.min_history_days
        and blocks.density_ratio >= policy.min_density_ratio
        and blocks.buyers >= policy.min_buyers
        and blocks.sellers >= policy.min_sellers
        and blocks.internal_share >= policy.min_internal_share
),

suspects as (
    select
        *,
        case
            when
                unbrowsed_z > min_trait_z and unbrowsed_orders_28d >= min_trait_orders
                then 'orders_without_browsing'
            when light_z > min_trait_z and light_orders_28d >= min_trait_orders
                then 'parcels_too_light'
        end as reason_code
    from compared
),

objects as (
    select
        block_id,
        night,
        'seller:' || member_id as object
    from members
    union
    select
        block_id,
        night,
        unnest(['order:' || order_id, 'user:' || buyer_user_id]) as object
    from orders
),

named as (
    select
        block_id,
        night,
        list(object order by object) as evidence_objects
    from objects
    group by block_id, night
),

judged as (
    select
        suspects.*,
        named.evidence_objects,
        suspects.support_usd_28d as amount_at_stake_usd
    from suspects
    inner join named
        on suspects.entity_id = named.block_id and suspects.night = named.night
),

det_brushing_block as (
    {{ detection_fires('judged', 'COL-02', evidence={
        'density_ratio': 'min_density_ratio',
        'buyers': 'min_buyers',
        'sellers': 'min_sellers',
        'internal_share': 'min_internal_share',
        'unbrowsed_z': 'min_trait_z',
        'unbrowsed_orders_28d': 'min_trait_orders',
        'light_z': 'min_trait_z',
        'light_orders_28d': 'min_trait_orders',
    }) }}
)

select * from det_brushing_block
