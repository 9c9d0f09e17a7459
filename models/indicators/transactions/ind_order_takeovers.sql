-- Grain: one row per order after a change of its buyer's credentials or contact data
-- and night judged: how new its device is to the buyer, whether it came from elsewhere,
-- how old its card is and how it compares with what the buyer used to spend.
with orders as (
    select * from {{ ref('int_changed_orders') }}
    where {{ in_range('night') }}
),

places as (
    select * from {{ ref('int_changed_order_places') }}
    where {{ in_range('night') }}
),

habits as (
    select * from {{ ref('int_changed_order_habits') }}
    where {{ in_range('night') }}
),

sightings as (
    select * from {{ ref('int_identifier_sightings') }}
    where
        night <= {{ to_night() }}
        and party_type = 'user'
        and party_id in (select orders.buyer_user_id from orders)
),

seen as (
    select
        orders.order_id,
        orders.night,
        min(sightings.first_event_at) as user_seen_at,
        min(sightings.first_event_at) filter (
            where
            sightings.identifier_type = 'device'
            and orders.device_id = sightings.identifier
        ) as device_seen_at,
        min(sightings.first_event_at) filter (
            where
            sightings.identifier_type = 'instrument'
            and list_contains(orders.instruments, sightings.identifier)
        ) as instrument_seen_at
    from orders
    inner join sightings
        on
            orders.buyer_user_id = sightings.party_id
            and orders.night >= sightings.night
    group by orders.order_id, orders.night
),

ind_order_takeovers as (
    select
        'user' as entity_type,
        orders.buyer_user_id as entity_id,
        orders.order_id,
        orders.device_id,
        orders.session_id,
        orders.region,
        orders.business_line,
        case
            when orders.device_id is null then 'no_device'
            when places.order_id is null then 'no_session'
            when len(orders.instruments) = 0 then 'no_instrument'
            when orders.paid_usd is null then 'no_amount'
        end as missing_input,
        orders.payment_ids,
        orders.fields,
        greatest(date_diff('day', seen.user_seen_at, orders.placed_at), 0)
            as history_days,
        orders.changes_24h,
        cast(
            (epoch_us(orders.placed_at) - epoch_us(orders.changed_at)) / 60000000.0
            as decimal(12, 4)
        ) as change_to_order_minutes,
        cast(
            (epoch_us(orders.placed_at) - epoch_us(seen.device_seen_at)) / 3600000000.0
            as decimal(12, 4)
        ) as device_age_hours,
        cast(
            (epoch_us(orders.placed_at) - epoch_us(seen.instrument_seen_at))
            / 86400000000.0
            as decimal(12, 4)
        ) as instrument_age_days,
        coalesce(habits.orders_180d, 0) as orders_180d,
        cast(orders.paid_usd / nullif(habits.high_usd_180d, 0) as decimal(18, 4))
            as own_amount_ratio,
        cast(orders.paid_usd / nullif(habits.median_usd_180d, 0) as decimal(18, 4))
            as own_median_ratio,
        orders.paid_usd,
        coalesce(places.is_new_country, false) as is_new_country,
        coalesce(places.is_new_network, false) as is_new_network,
        orders.night,
        orders.changed_at as first_event_at,
        orders.placed_at as last_event_at
    from orders
    left join places using (order_id, night)
    left join habits using (order_id, night)
    left join seen using (order_id, night)
)

select * from ind_order_takeovers
