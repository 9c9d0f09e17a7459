-- Grain: one row per seller and night on which the platform paid far more of its orders
-- than of its peers', and they cost the buyers next to nothing or the seller was named
-- by a detection of arranged trade.
with sellers as (
    select * from {{ ref('ind_seller_subsidies') }}
    where {{ in_range('night') }}
),

arranged as (
    select * from {{ ref('int_arranged_trade_fires') }}
    where night <= {{ to_night() }}
),

policy as (
    {{ policy_in_force('INC-06', [
        'min_intensity_z', 'min_near_free_share', 'min_orders', 'min_stake_usd',
        'min_history_days'
    ]) }}
),

compared as (
    select
        sellers.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from sellers
    inner join policy on {{ policy_applies('sellers') }}
    where
        sellers.missing_input is null
        and sellers.history_days >= policy.min_history_days
        and sellers.orders_28d >= policy.min_orders
        and sellers.platform_usd_28d >= policy.min_stake_usd
        and sellers.intensity_z >= policy.min_intensity_z
),

named as (
    select
        compared.entity_id,
        compared.night,
        list(distinct arranged.detection_id order by arranged.detection_id) as named_by
    from compared
    inner join arranged
        on
            compared.entity_id = arranged.seller_id
            and compared.night >= arranged.night
            and compared.night - 28 < arranged.night
    group by compared.entity_id, compared.night
),

suspects as (
    select
        compared.*,
        array_to_string(named.named_by, ', ') as named_by,
        case
            when compared.near_free_share >= compared.min_near_free_share
                then 'orders_next_to_free'
            when named.entity_id is not null then 'subsidies_of_arranged_trade'
        end as reason_code
    from compared
    left join named using (entity_id, night)
),

orders as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by order_id order by night
        ) as until_night
    from {{ ref('int_order_subsidies') }}
    where
        night <= {{ to_night() }}
        and seller_id in (select suspects.entity_id from suspects)
),

behind as (
    select
        suspects.entity_id,
        suspects.night,
        list('order:' || orders.order_id) as orders,
        list(distinct 'user:' || orders.buyer_user_id) as buyers,
        min(orders.placed_at) as first_event_at,
        max(orders.placed_at) as last_event_at
    from suspects
    inner join orders
        on
            suspects.entity_id = orders.seller_id
            and suspects.night >= orders.night
            and suspects.night < orders.until_night
            and suspects.night - 28 < orders.placed_on
    where suspects.reason_code is not null and orders.platform_usd > 0
    group by suspects.entity_id, suspects.night
),

judged as (
    select
        suspects.*,
        list_sort(list_concat(
            ['seller:' || suspects.entity_id], behind.orders, behind.buyers
        )) as evidence_objects,
        suspects.platform_usd_28d as amount_at_stake_usd,
        behind.first_event_at,
        behind.last_event_at
    from suspects
    inner join behind using (entity_id, night)
),

det_subsidy_harvesting as (
    {{ detection_fires('judged', 'INC-06', evidence={
        'intensity_z': 'min_intensity_z',
        'near_free_share': 'min_near_free_share',
        'orders_28d': 'min_orders',
        'platform_usd_28d': 'min_stake_usd',
        'subsidy_intensity': none,
        'peer_intensity': none,
        'named_by': none,
    }) }}
)

select * from det_subsidy_harvesting
