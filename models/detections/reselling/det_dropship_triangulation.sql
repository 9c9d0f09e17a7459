-- Grain: one row per seller and night on which it let others deliver what it sold: its
-- own people order the customers' goods at other sellers, often with subsidies or with
-- stolen cards. When such a card is reported later, it fires again that night.
with records as (
    select * from {{ ref('ind_seller_dropships') }}
    where night <= {{ to_night() }}
),

purchases as (
    select * from {{ ref('ind_dropship_purchases') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('RSL-05', [
        'min_dropshipped_orders', 'min_dropshipped_share', 'report_window_days',
        'min_history_days'
    ]) }}
),

candidates as (
    select
        records.* exclude (records.night),
        purchases.* exclude (purchases.entity_type, purchases.entity_id)
    from purchases
    inner join records
        on
            purchases.entity_id = records.entity_id
            and purchases.recorded_on = records.night
),

suspects as (
    select
        candidates.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        cast(
            cast(candidates.dropshipped_orders_30d as double)
            / nullif(candidates.orders_30d, 0) as decimal(9, 6)
        ) as dropshipped_share
    from candidates
    inner join policy on {{ policy_applies('candidates') }}
    where
        candidates.missing_input is null
        and candidates.history_days >= policy.min_history_days
        and candidates.dropshipped_orders_30d >= policy.min_dropshipped_orders
        and candidates.dropshipped_orders_30d
        >= policy.min_dropshipped_share * candidates.orders_30d
        and candidates.night - candidates.recorded_on <= policy.report_window_days
),

judged as (
    select
        *,
        list_sort(flatten([
            ['seller:' || entity_id],
            [format('order:{}', id) for id in sold_order_ids],
            [format('order:{}', id) for id in bought_order_ids],
            [format('user:{}', id) for id in own_user_ids]
        ])) as evidence_objects,
        case
            when reported_orders > 0 then 'upstream_card_reported'
            else 'sold_goods_bought_elsewhere'
        end as reason_code,
        subsidies_usd + reported_usd as amount_at_stake_usd
    from suspects
    -- the record with a reported card speaks, and of those the latest
    qualify
        row_number() over (
            partition by entity_id, night
            order by reported_orders > 0 desc, recorded_on desc
        ) = 1
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
