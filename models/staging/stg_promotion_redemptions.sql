-- Uses of a promotion.
-- Grain: one row per redemption, as first delivered.
with landed as (
    {{ landing_rows('promotion_redemptions') }}
),
delivered as (
    {{ first_delivery('landed', ['redemption_id'], 'redeemed_at') }}
),
stg_promotion_redemptions as (
    select
        redemption_id,
        promotion_id,
        user_id,
        order_id,
        device_id,
        currency,
        amount_minor,
        night,
        redeemed_at,
        ingested_at
    from delivered
)
select * from stg_promotion_redemptions
