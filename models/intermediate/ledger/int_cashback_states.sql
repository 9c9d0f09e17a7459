-- Redemptions of promotions that pay back later, as of a night: one row per redemption
-- and night on which its promotion turned out to be, or not to be, a cashback. One
-- whose promotion is not known yet waits for it.
with promotions as (
    select *
    from {{ ref('stg_promotions') }}
    where
        night <= {{ to_night() }}
        and promotion_id in (
            select cashbacks.promotion_id
            from {{ ref('stg_promotions') }} as cashbacks
            where
                cashbacks.promotion_type = 'cashback'
                and cashbacks.night <= {{ to_night() }}
        )
),

versions as (
    {{ became_current('promotions', ['promotion_id']) }}
),

changes as (
    select
        promotion_id,
        promotion_type = 'cashback' as is_cashback,
        night
    from versions
    qualify
        is_cashback is distinct from
        lag(is_cashback) over (partition by promotion_id order by night)
),

periods as (
    {{ periods('changes', 'promotion_id', within='changes') }}
),

redemptions as (
    select *
    from {{ ref('stg_promotion_redemptions') }}
    where
        night <= {{ to_night() }}
        and {{ is_in('promotion_id', 'changes') }}
        and ({{ in_range('night') }} or {{ touched('promotion_id', 'changes') }})
),

known as (
    select
        redemptions.redemption_id,
        redemptions.user_id,
        redemptions.order_id,
        redemptions.currency,
        redemptions.amount_minor,
        periods.is_cashback,
        redemptions.redeemed_at,
        greatest(redemptions.night, periods.night) as night
    from redemptions
    inner join periods
        on
            redemptions.promotion_id = periods.promotion_id
            and (redemptions.night < periods.until_night or periods.until_night is null)
),

int_cashback_states as (
    select *
    from known
    where {{ in_range('night') }}
)

select * from int_cashback_states
