{{ config(materialized='table') }}

-- How much of a promotion was redeemed, by how many people and how unevenly, and what
-- the orders came to: one row per promotion and currency in which it was redeemed.
with redemptions as (
    select * from {{ ref('stg_promotion_redemptions') }}
),

clusters as (
    select * from {{ ref('bridge_cluster_members') }}
    where party_type = 'user'
    qualify row_number() over (partition by party_id order by from_night desc) = 1
),

redeemed as (
    select
        redemptions.*,
        coalesce(clusters.cluster_id, 'user:' || redemptions.user_id) as person_id
    from redemptions
    left join clusters on redemptions.user_id = clusters.party_id
),

used as (
    select
        promotion_id,
        currency,
        count(*) as redemptions,
        cast(sum(amount_minor) as bigint) as redeemed_minor
    from redeemed
    group by promotion_id, currency
),

captured as (
    {{ budget_capture('redeemed', ['promotion_id', 'currency']) }}
),

redeemed_orders as (
    select distinct
        promotion_id,
        order_id
    from redemptions
    where order_id is not null
),

sold as (
    select
        redeemed_orders.promotion_id,
        money.currency,
        sum(money.amount_minor) as gmv_minor
    from redeemed_orders
    inner join {{ ref('int_captured_money') }} as money
        on redeemed_orders.order_id = money.order_id
    group by redeemed_orders.promotion_id, money.currency
),

int_promotion_uses as (
    select
        used.promotion_id,
        captured.top_person_id,
        used.currency,
        used.redemptions,
        coalesce(captured.people, 0) as people,
        used.redeemed_minor,
        cast(coalesce(sold.gmv_minor, 0) as bigint) as gmv_minor,
        captured.top_person_share,
        captured.top_10_share,
        captured.effective_people
    from used
    left join captured
        on
            used.promotion_id = captured.promotion_id
            and used.currency = captured.currency
    left join sold
        on used.promotion_id = sold.promotion_id and used.currency = sold.currency
)

select * from int_promotion_uses
