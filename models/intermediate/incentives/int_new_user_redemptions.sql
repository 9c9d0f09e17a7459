-- Grain: one row per redemption of a first-order promotion, on the night from which
-- both the redemption and what it redeemed are known.
with redemptions as (
    select
        *,
        cast(redeemed_at as date) as rate_for
    from {{ ref('stg_promotion_redemptions') }}
    where night <= {{ to_night() }}
),

promotions as (
    select
        promotion_id,
        min(night) as night
    from {{ ref('stg_promotions') }}
    where night <= {{ to_night() }} and promotion_type = 'new_user'
    group by promotion_id
),

known as (
    select
        redemptions.* replace (greatest(redemptions.night, promotions.night) as night)
    from redemptions
    inner join promotions on redemptions.promotion_id = promotions.promotion_id
    where {{ in_range('greatest(redemptions.night, promotions.night)') }}
),

rates as (
    {{ known_rates('known') }}
),

int_new_user_redemptions as (
    select
        known.redemption_id,
        known.promotion_id,
        known.user_id,
        known.order_id,
        {{ amount_in_usd(
            'known.amount_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as amount_usd,
        known.rate_for as redeemed_on,
        known.night,
        known.redeemed_at
    from known
    left join {{ ref('ref_currencies') }} as currencies
        on known.currency = currencies.currency
    left join rates
        on
            known.currency = rates.currency
            and known.rate_for = rates.rate_for
            and known.night = rates.night
)

select * from int_new_user_redemptions
