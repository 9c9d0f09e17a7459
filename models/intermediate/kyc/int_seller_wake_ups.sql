-- Grain: one row per seller that had been asleep for 30 days or more, the day it was
-- active again, and each of the 14 nights from that day on.
with active_days as (
    select * from {{ ref('int_seller_active_days') }}
    where night <= {{ to_night() }}
),

sellers as (
    select
        party_id as seller_id,
        min_by(cast(onboarded_at as date), night) as onboarded_on,
        min(night) as known_from
    from {{ ref('int_party_states') }}
    where party_type = 'seller' and night <= {{ to_night() }}
    group by party_id
),

recent_days as (
    select
        seller_id,
        active_on,
        min(night) as known_from
    from active_days
    where
        active_on > {{ from_night() }} - 44
        and active_on <= {{ to_night() }}
    group by seller_id, active_on
),

-- a day that becomes known later may show that the seller was awake all the time
candidates as (
    select
        recent_days.seller_id,
        recent_days.active_on as woke_on,
        greatest(recent_days.known_from, recent_days.active_on) as first_night,
        min(earlier.known_from) as disproved_on
    from recent_days
    left join recent_days as earlier
        on
            recent_days.seller_id = earlier.seller_id
            and recent_days.active_on - 29 <= earlier.active_on
            and recent_days.active_on > earlier.active_on
    where recent_days.active_on > {{ from_night() }} - 14
    group by recent_days.seller_id, recent_days.active_on, recent_days.known_from
),

nights as (
    select
        seller_id,
        woke_on,
        cast(unnest(generate_series(
            first_night,
            least(
                coalesce(disproved_on - 1, {{ to_night() }}),
                woke_on + 13,
                {{ to_night() }}
            ),
            interval 1 day
        )) as date) as night
    from candidates
),

looked_at as (
    select
        nights.seller_id,
        nights.woke_on,
        nights.night,
        max(active_days.active_on) as last_active_on
    from nights
    left join active_days
        on
            nights.seller_id = active_days.seller_id
            and nights.woke_on > active_days.active_on
            and nights.night >= active_days.night
    where {{ in_range('nights.night') }}
    group by nights.seller_id, nights.woke_on, nights.night
),

int_seller_wake_ups as (
    select
        looked_at.seller_id,
        cast(
            looked_at.woke_on
            - greatest(looked_at.last_active_on, sellers.onboarded_on) as integer
        ) as dormant_days,
        looked_at.woke_on,
        looked_at.night
    from looked_at
    inner join sellers
        on
            looked_at.seller_id = sellers.seller_id
            and looked_at.night >= sellers.known_from
    where
        looked_at.woke_on
        - greatest(looked_at.last_active_on, sellers.onboarded_on) >= 30
)

select * from int_seller_wake_ups
