-- Grain: one row per order item bought and promotion redeemed in the first 30 days
-- after its user signed up, from the night both are known.
with signups as (
    select * from {{ ref('int_signups') }}
    where night <= {{ to_night() }}
),

newcomers as (
    select user_id from signups
    where {{ in_range('night') }}
),

redeemed as (
    select
        *,
        cast(redeemed_at as date) as rate_for
    from {{ ref('stg_promotion_redemptions') }}
    where
        {{ in_range('night') }}
        or (
            user_id in (select newcomers.user_id from newcomers)
            and night <= {{ to_night() }}
        )
),

rates as (
    {{ known_rates('redeemed') }}
),

events as (
    select
        'order_item' as object_type,
        order_item_id as object_id,
        order_id,
        buyer_user_id as user_id,
        paid_usd as amount_usd,
        night,
        placed_at as occurred_at
    from {{ ref('int_item_sales') }}
    where
        {{ in_range('night') }}
        or (
            buyer_user_id in (select newcomers.user_id from newcomers)
            and night <= {{ to_night() }}
        )
    union all
    select
        'redemption' as object_type,
        redeemed.redemption_id as object_id,
        redeemed.order_id,
        redeemed.user_id,
        {{ amount_in_usd(
            'redeemed.amount_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as amount_usd,
        redeemed.night,
        redeemed.redeemed_at as occurred_at
    from redeemed
    left join {{ ref('ref_currencies') }} as currencies
        on redeemed.currency = currencies.currency
    left join rates
        on
            redeemed.currency = rates.currency
            and redeemed.rate_for = rates.rate_for
            and redeemed.night = rates.night
),

int_new_user_events as (
    select
        events.object_id,
        events.user_id,
        events.order_id,
        events.object_type,
        events.amount_usd,
        cast(date_diff('second', signups.created_at, events.occurred_at) as bigint)
            as seconds_since_signup,
        greatest(events.night, signups.night) as night,
        events.occurred_at
    from events
    inner join signups on events.user_id = signups.user_id
    where
        {{ in_range('greatest(events.night, signups.night)') }}
        and events.occurred_at >= signups.created_at
        and events.occurred_at < signups.created_at + interval 30 day
)

select * from int_new_user_events
