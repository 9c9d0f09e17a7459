-- Parts of an order item (principal, discount, incentive ...) that have lost money to
-- two causes at once: a loss counts under the first of its causes, and a change of
-- cause moves all of it.
with causes as (
    select
        order_item_id,
        component,
        currency,
        loss_type,
        sum(gross_minor) as gross_minor
    from {{ ref('fct_loss_events') }}
    where order_item_id is not null
    group by order_item_id, component, currency, loss_type
)

select
    order_item_id,
    component,
    currency,
    count(*) as live_causes
from causes
where gross_minor != 0
group by order_item_id, component, currency
having count(*) > 1
