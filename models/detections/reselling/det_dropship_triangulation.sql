-- Grain: one row per seller and night on which it let others deliver what it sold: its
-- own people order the customers' goods at other sellers, often with subsidies or with
-- stolen cards.
with records as (
    select * from {{ ref('ind_seller_dropships') }}
    where {{ in_range('night') }}
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

reported as (
    select * from {{ ref('int_reported_orders') }}
    where night <= {{ to_night() }}
),

policy as (
    {{ policy_in_force('RSL-05', [
        'min_dropshipped_orders', 'min_dropshipped_share', 'min_history_days'
    ]) }}
),

suspects as (
    select
        records.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        cast(
            cast(records.dropshipped_orders_30d as double)
            / nullif(records.orders_30d, 0) as decimal(9, 6)
        ) as dropshipped_share
    from records
    inner join policy on {{ policy_applies('records') }}
    where
        records.missing_input is null
        and records.history_days >= policy.min_history_days
        and records.dropshipped_orders_30d >= policy.min_dropshipped_orders
        and records.dropshipped_orders_30d
        >= policy.min_dropshipped_share * records.orders_30d
),

orders as (
    select
        entity_id,
        night,
        false as is_upstream,
        unnest(sold_order_ids) as order_id
    from suspects
    union all
    select
        entity_id,
        night,
        true as is_upstream,
        unnest(bought_order_ids) as order_id
    from suspects
),

behind as (
    select
        orders.entity_id,
        orders.night,
        count(distinct reported.order_id) as reported_orders,
        sum(
            coalesce(sales.platform_discount_usd, 0)
            + coalesce(sales.shipping_subsidy_usd, 0)
            + case when reported.order_id is not null then sales.paid_usd else 0 end
        ) as amount_at_stake_usd,
        min(sales.placed_at) as first_event_at,
        max(sales.placed_at) as last_event_at
    from orders
    inner join sales
        on orders.order_id = sales.order_id and orders.night >= sales.night
    left join reported
        on
            orders.is_upstream
            and orders.order_id = reported.order_id
            and orders.night >= reported.night
    group by orders.entity_id, orders.night
),

judged as (
    select
        suspects.*,
        behind.* exclude (entity_id, night), -- noqa: RF02
        list_sort(flatten([
            ['seller:' || suspects.entity_id],
            [format('order:{}', id) for id in suspects.sold_order_ids],
            [format('order:{}', id) for id in suspects.bought_order_ids],
            [format('user:{}', id) for id in suspects.own_user_ids]
        ])) as evidence_objects,
        case
            when behind.reported_orders > 0 then 'upstream_card_reported'
            else 'sold_goods_bought_elsewhere'
        end as reason_code
    from suspects
    inner join behind
        on suspects.entity_id = behind.entity_id and suspects.night = behind.night
),

det_dropship_triangulation as (
    {{ detection_fires('judged', 'RSL-05', evidence={
        'dropshipped_orders_30d': 'min_dropshipped_orders',
        'dropshipped_share': 'min_dropshipped_share',
        'orders_30d': none,
        'reported_orders': none,
    }) }}
)

select * from det_dropship_triangulation
