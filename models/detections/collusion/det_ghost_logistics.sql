-- Grain: one row per seller and night on which its parcels looked like props: empty,
-- faster than the lane, or sent to doors several of its buyers share, with praise that
-- comes as soon as they arrive.
with records as (
    select * from {{ ref('ind_seller_logistics') }}
    where {{ in_range('night') }}
),

parcels as (
    select * from {{ ref('int_parcel_weights') }}
    where night <= {{ to_night() }} and is_light
    union all by name
    select * from {{ ref('int_parcel_timings') }}
    where night <= {{ to_night() }} and is_quick
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

policy as (
    {{ policy_in_force('COL-03', [
        'min_labels', 'min_odd_parcels', 'min_light_ratio', 'min_quick_share',
        'min_shared_door_share', 'min_instant_reviews', 'min_praise_z',
        'min_stake_usd', 'min_history_days'
    ]) }}
),

suspects as (
    select
        records.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        case
            when
                records.light_parcels_28d >= policy.min_odd_parcels
                and records.light_rate_low
                >= policy.min_light_ratio * records.peer_light_rate
                then 'parcels_too_light'
            when
                records.quick_parcels_28d >= policy.min_odd_parcels
                and records.quick_share >= policy.min_quick_share
                then 'parcels_too_fast'
            when
                records.shared_door_orders_28d >= policy.min_odd_parcels
                and records.shared_door_share >= policy.min_shared_door_share
                then 'buyers_share_doors'
        end as reason_code
    from records
    inner join policy on {{ policy_applies('records') }}
    where
        records.missing_input is null
        and records.history_days >= policy.min_history_days
        and records.labels_28d >= policy.min_labels
        and records.instant_reviews_28d >= policy.min_instant_reviews
        and records.instant_praise_z >= policy.min_praise_z
),

odd_orders as (
    select
        suspects.entity_id,
        suspects.night,
        parcels.order_id
    from suspects
    inner join parcels
        on
            suspects.entity_id = parcels.seller_id
            and suspects.night >= parcels.night
            and suspects.night < parcels.label_on + 28
    where suspects.reason_code is not null
    union
    select entity_id, night, unnest(shared_door_order_ids) as order_id
    from suspects
    where reason_code is not null
),

behind as (
    select
        odd_orders.entity_id,
        odd_orders.night,
        list_distinct(flatten(list([
            'seller:' || odd_orders.entity_id,
            'order:' || sales.order_id,
            'user:' || sales.buyer_user_id
        ]))) as objects,
        sum(
            coalesce(sales.platform_discount_usd, 0) + coalesce(sales.commission_usd, 0)
        ) as amount_at_stake_usd,
        min(sales.placed_at) as first_event_at,
        max(sales.placed_at) as last_event_at
    from odd_orders
    inner join sales
        on odd_orders.order_id = sales.order_id and odd_orders.night >= sales.night
    group by odd_orders.entity_id, odd_orders.night
),

judged as (
    select
        suspects.*,
        behind.* exclude (entity_id, night, objects), -- noqa: RF02
        list_sort(behind.objects) as evidence_objects
    from suspects
    inner join behind
        on suspects.entity_id = behind.entity_id and suspects.night = behind.night
    where behind.amount_at_stake_usd >= suspects.min_stake_usd
),

det_ghost_logistics as (
    {{ detection_fires('judged', 'COL-03', evidence={
        'labels_28d': 'min_labels',
        'light_parcels_28d': 'min_odd_parcels', 'light_rate_low': none,
        'peer_light_rate': none,
        'quick_parcels_28d': 'min_odd_parcels', 'quick_share': 'min_quick_share',
        'shared_door_share': 'min_shared_door_share',
        'instant_praise_z': 'min_praise_z',
    }) }}
)

select * from det_ghost_logistics
