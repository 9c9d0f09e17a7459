{{ config(materialized='view') }}

-- Who has to do with an order: its seller, its creator, its buyer. One row per order,
-- type of party, party and night on which that became known.
with int_order_traders as (
    select
        order_id,
        'seller' as party_type,
        seller_id as party_id,
        night
    from {{ ref('int_order_parties') }}
    where seller_id is not null
    union
    select
        order_id,
        'creator' as party_type,
        creator_id as party_id,
        night
    from {{ ref('int_order_parties') }}
    where creator_id is not null
    union
    select
        order_id,
        'user' as party_type,
        buyer_user_id as party_id,
        night
    from {{ ref('stg_orders') }}
    where buyer_user_id is not null
)

select * from int_order_traders
