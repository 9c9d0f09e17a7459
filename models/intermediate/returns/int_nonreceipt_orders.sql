-- Grain: one row per order of which a part is or was claimed never to have arrived, and
-- night on which one of its claims changed: whether it is so claimed, how much of it,
-- and whether its delivery is proven all the same.
with all_claims as (
    select * from {{ ref('int_return_claims') }}
    where night <= {{ to_night() }}
),

moved as (
    select distinct order_id from all_claims
    where {{ in_range('night') }}
),

order_claims as (
    select * from all_claims
    where order_id in (select moved.order_id from moved)
),

claims as (
    {{ periods('order_claims', 'return_id', within='order_claims') }}
),

starts as (
    select
        order_id,
        min(night) as night
    from claims
    where reason = 'not_received'
    group by order_id
),

nights as (
    select distinct
        claims.order_id,
        claims.night
    from claims
    inner join starts
        on claims.order_id = starts.order_id and claims.night >= starts.night
    where {{ in_range('claims.night') }}
),

int_nonreceipt_orders as (
    select
        nights.order_id,
        min(claims.buyer_user_id) as buyer_user_id,
        bool_or(claims.reason = 'not_received') as is_claimed,
        bool_or(claims.reason = 'not_received' and claims.is_delivery_proven)
            as is_denied,
        cast(coalesce(
            sum(claims.claimed_usd) filter (where claims.reason = 'not_received'), 0
        ) as decimal(18, 2)) as claimed_usd,
        count(*) filter (
            where claims.reason = 'not_received' and claims.claimed_usd is null
        ) as unpriced_claims,
        cast(min(claims.requested_at) filter (
            where claims.reason = 'not_received'
        ) as date) as claimed_on,
        nights.night
    from nights
    inner join claims
        on
            nights.order_id = claims.order_id
            and nights.night >= claims.night
            and nights.night < coalesce(claims.until_night, date '9999-12-31')
    group by nights.order_id, nights.night
)

select * from int_nonreceipt_orders
