-- Grain: one row per commission whose sale is known and night on which it changed: what
-- was sold, what the creator earns, whether it came back and when.
with returns as (
    select * from {{ ref('int_item_returns') }}
    where night <= {{ to_night() }}
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

all_commissions as (
    select * from {{ ref('int_commission_states') }}
    where night <= {{ to_night() }}
),

moved as (
    select order_item_id from all_commissions
    where {{ in_range('night') }}
    union
    select order_item_id from returns
    where {{ in_range('night') }}
    union
    select order_item_id from sales
    where {{ in_range('night') }}
),

states as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by commission_id order by night
        ) as until_night
    from all_commissions
    where order_item_id in (select moved.order_item_id from moved)
),

changes as (
    select commission_id, order_item_id, night from states
    union
    select states.commission_id, states.order_item_id, sales.night
    from states
    inner join sales on states.order_item_id = sales.order_item_id
    union
    select states.commission_id, states.order_item_id, returns.night
    from states
    inner join returns on states.order_item_id = returns.order_item_id
),

joined as (
    select
        states.* exclude (night, until_night),
        sales.order_id,
        sales.buyer_user_id,
        sales.seller_id,
        sales.device_id,
        sales.sku_id,
        coalesce(sales.category_l1, 'unknown') as category_l1,
        sales.paid_usd,
        returns.order_item_id is not null as is_returned,
        coalesce(returns.returned_at >= states.first_settled_at, false)
            as is_returned_late,
        cast(sales.placed_at as date) as rate_for,
        changes.night,
        sales.placed_at
    from changes
    inner join states
        on
            changes.commission_id = states.commission_id
            and changes.night >= states.night
            and changes.night < states.until_night
    inner join sales
        on states.order_item_id = sales.order_item_id
            and changes.night >= sales.night
    left join returns
        on states.order_item_id = returns.order_item_id
            and changes.night >= returns.night
    where {{ in_range('changes.night') }}
),

rates as (
    {{ known_rates('joined') }}
),

int_creator_items as (
    select
        joined.commission_id,
        joined.order_item_id,
        joined.order_id,
        joined.creator_id,
        joined.buyer_user_id,
        joined.seller_id,
        joined.device_id,
        joined.click_device_id,
        joined.sku_id,
        joined.category_l1,
        joined.paid_usd,
        {{ amount_in_usd(
            'joined.commission_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as commission_usd,
        joined.status = 'settled' as is_settled,
        joined.is_returned,
        joined.is_returned_late,
        joined.rate_for as ordered_on,
        joined.rate_for + 30 as matured_on,
        joined.night,
        joined.click_at,
        joined.placed_at
    from joined
    left join {{ ref('ref_currencies') }} as currencies
        on joined.currency = currencies.currency
    left join rates
        on
            joined.currency = rates.currency
            and joined.rate_for = rates.rate_for
            and joined.night = rates.night
)

select * from int_creator_items
