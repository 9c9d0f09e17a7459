-- Grain: one row per home door and night on which an order to it or its payment became
-- known: over 30 days, how many cards paid, how many of them had never been used a day
-- before, from how many countries and by how many people.
with cards as (
    select * from {{ ref('int_door_cards') }}
    where {{ in_range('night') }}
),

attempts as (
    select * from {{ ref('stg_payment_attempts') }}
    where
        night <= {{ to_night() }}
        and instrument_fingerprint in (select cards.instrument_fingerprint from cards)
),

members as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type = 'user'
),

payment_nights as (
    select * from {{ ref('int_payment_nights') }}
    where night <= {{ to_night() }}
),

first_uses as (
    select
        cards.instrument_fingerprint,
        cards.night,
        min(attempts.attempted_at) as first_used_at
    from (select distinct instrument_fingerprint, night from cards) as cards
    inner join attempts
        on
            cards.instrument_fingerprint = attempts.instrument_fingerprint
            and cards.night >= attempts.night
    group by cards.instrument_fingerprint, cards.night
),

first_orders as (
    select
        door_id,
        night,
        instrument_fingerprint,
        min(placed_at) as first_placed_at
    from cards
    group by door_id, night, instrument_fingerprint
),

-- new: first used anywhere at most a day before it first paid for this door
aged as (
    select
        first_orders.door_id,
        first_orders.night,
        first_orders.instrument_fingerprint,
        first_orders.first_placed_at - interval 24 hours <= first_uses.first_used_at
            as is_new
    from first_orders
    inner join first_uses using (instrument_fingerprint, night)
),

histories as (
    select
        cards.night,
        cards.night - min(payment_nights.first_attempted_on) as history_days
    from (select distinct night from cards) as cards
    inner join payment_nights on cards.night >= payment_nights.night
    group by cards.night
),

ind_door_cards as (
    select
        'door' as entity_type,
        cards.door_id as entity_id,
        case when min(cards.region) = max(cards.region) then min(cards.region) end
            as region,
        case
            when min(cards.business_line) = max(cards.business_line)
                then min(cards.business_line)
        end as business_line,
        case when count(cards.issuer_country) = 0 then 'no_issuer_country' end
            as missing_input,
        min(histories.history_days) as history_days,
        count(distinct cards.order_id) as orders_30d,
        count(distinct cards.instrument_fingerprint) as instruments_30d,
        count(distinct cards.instrument_fingerprint) filter (where aged.is_new)
            as new_instruments_30d,
        cast(
            count(distinct cards.instrument_fingerprint) filter (where aged.is_new)
            / count(distinct cards.instrument_fingerprint) as decimal(9, 6)
        ) as new_instrument_share,
        count(distinct cards.issuer_country) filter (where aged.is_new)
            as issuer_countries_30d,
        count(
            distinct coalesce(members.cluster_id, 'user:' || cards.buyer_user_id)
        ) filter (where aged.is_new) as clusters_30d,
        cards.night,
        min(cards.placed_at) as first_event_at,
        max(cards.placed_at) as last_event_at
    from cards
    inner join aged using (door_id, night, instrument_fingerprint)
    inner join histories using (night)
    left join members
        on
            cards.buyer_user_id = members.party_id
            and cards.night >= members.night
            and cards.night < coalesce(members.until_night, date '9999-12-31')
    group by cards.door_id, cards.night
)

select * from ind_door_cards
