-- Grain: one row per recent referral with a paid order and night: how many orders the
-- referee has paid for, when the last one, and the largest beside what the first-order
-- promotions of its day asked for (null where none did).
with referrals as (
    select * from {{ ref('int_recent_referrals') }}
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
        and buyer_user_id in (select referrals.referee_user_id from referrals)
),

sales as (
    select
        order_id,
        currency,
        night,
        placed_at
    from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and buyer_user_id in (select referrals.referee_user_id from referrals)
    qualify row_number() over (
            partition by order_id order by night, order_item_id
        ) = 1
),

promotions as (
    select
        *,
        cast(starts_at as date) as rate_for
    from {{ ref('stg_promotions') }}
    where
        night <= {{ to_night() }}
        and promotion_type = 'new_user'
        and minimum_spend_minor is not null
),

rates as (
    {{ known_rates('promotions') }}
),

terms as (
    select
        sales.order_id,
        greatest(sales.night, promotions.night) as night,
        max({{ amount_in_usd(
            'promotions.minimum_spend_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }}) as minimum_spend_usd
    from sales
    inner join promotions
        on
            sales.currency = promotions.currency
            and sales.placed_at >= promotions.starts_at
            and sales.placed_at <= coalesce(promotions.ends_at, sales.placed_at)
    inner join {{ ref('ref_currencies') }} as currencies
        on promotions.currency = currencies.currency
    inner join rates
        on
            promotions.currency = rates.currency
            and promotions.rate_for = rates.rate_for
            and promotions.night = rates.night
    group by sales.order_id, greatest(sales.night, promotions.night)
),

bought as (
    select
        referrals.referral_id,
        referrals.night,
        positions.order_id,
        positions.paid_usd,
        positions.placed_on,
        max(terms.minimum_spend_usd) as minimum_spend_usd
    from referrals
    inner join positions
        on
            referrals.referee_user_id = positions.buyer_user_id
            and referrals.night >= positions.night
            and referrals.night < positions.until_night
    left join terms
        on positions.order_id = terms.order_id and referrals.night >= terms.night
    where positions.is_paid
    group by all
),

int_referee_orders as (
    select
        referral_id,
        count(*) as orders,
        cast(night - max(placed_on) as integer) as silent_days,
        max(paid_usd) as largest_usd,
        max(minimum_spend_usd) as minimum_spend_usd,
        night
    from bought
    group by referral_id, night
)

select * from int_referee_orders
