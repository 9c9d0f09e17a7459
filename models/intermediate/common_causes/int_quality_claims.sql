-- Grain: one row per claim that the goods themselves were bad (defective, not as
-- described, wrong, counterfeit), on the night the claim and its item were both known.
with returns as (
    select * from {{ ref('stg_returns') }}
    where
        night <= {{ to_night() }}
        and reason in ('defective', 'not_as_described', 'wrong_item', 'counterfeit')
),

items as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }}
),

moved as (
    select order_item_id from returns
    where {{ in_range('night') }}
    union
    select order_item_id from items
    where {{ in_range('night') }}
),

first_claims as (
    select * from returns
    where {{ is_in('order_item_id', 'moved') }}
    qualify row_number() over (
            partition by return_id order by night asc, record_seq desc
        ) = 1
),

int_quality_claims as (
    select
        first_claims.return_id,
        first_claims.order_item_id,
        items.order_id,
        items.seller_id,
        items.sku_id,
        items.buyer_user_id,
        items.region,
        items.business_line,
        first_claims.reason,
        greatest(first_claims.night, items.night) as night,
        first_claims.requested_at
    from first_claims
    inner join items on first_claims.order_item_id = items.order_item_id
    where {{ in_range('greatest(first_claims.night, items.night)') }}
)

select * from int_quality_claims
