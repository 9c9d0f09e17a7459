{{ config(materialized='view') }}

-- Redemptions with the kind of incentive they are: one row per redemption whose
-- promotion is known. A discount the seller pays is no cost of the platform.
with promotions as (
    select
        promotion_id,
        promotion_type,
        funded_by
    from {{ ref('stg_promotions') }}
    qualify row_number() over (partition by promotion_id order by record_seq desc) = 1
),

redemptions as (
    select * from {{ ref('stg_promotion_redemptions') }}
),

int_redemption_kinds as (
    select
        redemptions.redemption_id,
        redemptions.promotion_id,
        redemptions.order_id,
        redemptions.user_id,
        redemptions.device_id,
        case
            when promotions.promotion_type = 'cashback' then 'cashback'
            when promotions.funded_by = 'platform' then 'coupon'
            else 'seller_discount'
        end as incentive_source,
        redemptions.currency,
        redemptions.amount_minor
    from redemptions
    inner join promotions on redemptions.promotion_id = promotions.promotion_id
)

select * from int_redemption_kinds
