-- Grain: one row per home door and night that fired: several people order to one door
-- within a month, each with a card never used before, from issuers in several
-- countries: goods bought on stolen cards are collected there.
with doors as (
    select * from {{ ref('ind_door_cards') }}
    where {{ in_range('night') }} and missing_input is null
),

cards as (
    select
        *,
        door_id as entity_id
    from {{ ref('int_door_cards') }}
    where {{ in_range('night') }}
),

positions as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by order_id order by night
        ) as until_night
    from {{ ref('int_order_positions') }}
    where
        night <= {{ to_night() }}
        and order_id in (select cards.order_id from cards)
),

policy as (
    {{ policy_in_force('TXN-03', [
        'min_history_days', 'min_instruments', 'min_clusters', 'min_issuer_countries',
        'min_new_instrument_share',
    ]) }}
),

suspects as (
    select
        doors.*,
        policy.* exclude (policy.region, policy.business_line),
        'new_cards_to_one_door' as reason_code
    from doors
    inner join policy on {{ policy_applies('doors') }}
    where
        doors.history_days >= policy.min_history_days
        and doors.new_instruments_30d >= policy.min_instruments
        and doors.clusters_30d >= policy.min_clusters
        and doors.issuer_countries_30d >= policy.min_issuer_countries
        and doors.new_instrument_share >= policy.min_new_instrument_share
),

orders as (
    select
        entity_id,
        night,
        order_id,
        list_sort(list_distinct(flatten(list(list_concat(
            [
                'door:' || entity_id, 'order:' || order_id, 'user:' || buyer_user_id,
            ],
            list_transform(payment_ids, lambda payment_id: 'payment:' || payment_id)
        ))))) as objects
    from cards
    group by entity_id, night, order_id
),

-- what was paid and neither delivered nor cancelled by then can still be stopped
behind as (
    select
        suspects.entity_id,
        suspects.night,
        list_sort(list_distinct(flatten(list(orders.objects)))) as evidence_objects,
        sum(positions.paid_usd) filter (
            where
            positions.delivered_on is null
            and not positions.is_cancelled
        ) as undelivered_usd,
        bool_or(positions.unpriced_parts > 0) as is_unpriced
    from suspects
    inner join orders using (entity_id, night)
    left join positions
        on
            orders.order_id = positions.order_id
            and suspects.night >= positions.night
            and suspects.night < positions.until_night
    group by suspects.entity_id, suspects.night
),

judged as (
    select
        suspects.*,
        behind.evidence_objects,
        case
            when not coalesce(behind.is_unpriced, false)
                then coalesce(behind.undelivered_usd, 0)
        end as amount_at_stake_usd
    from suspects
    inner join behind using (entity_id, night)
),

det_card_drop as (
    {{ detection_fires('judged', 'TXN-03', evidence={
        'new_instruments_30d': 'min_instruments', 'clusters_30d': 'min_clusters',
        'issuer_countries_30d': 'min_issuer_countries',
        'new_instrument_share': 'min_new_instrument_share', 'instruments_30d': none,
        'orders_30d': none,
    }) }}
)

select * from det_card_drop
