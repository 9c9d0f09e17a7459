-- Grain: one row per creator, product, day on which its items are 30 days old and
-- night: what that night added to the commissioned items, those that came back, and
-- those that came back after the commission was settled. An item that changed takes
-- back what it had added.
with all_items as (
    select * from {{ ref('int_creator_items') }}
    where night <= {{ to_night() }}
),

touched as (
    select commission_id from all_items
    where {{ in_range('night') }}
),

items as (
    {{ periods('all_items', 'commission_id', within='touched') }}
),

changes as (
    select
        creator_id,
        sku_id,
        category_l1,
        matured_on as event_date,
        night,
        1 as items,
        cast(is_returned as integer) as returned_items,
        cast(is_returned_late as integer) as late_returns
    from items
    union all
    select
        creator_id,
        sku_id,
        category_l1,
        matured_on as event_date,
        until_night as night,
        -1 as items,
        -cast(is_returned as integer) as returned_items,
        -cast(is_returned_late as integer) as late_returns
    from items
    where until_night is not null
),

int_creator_returns_daily as (
    select
        creator_id,
        sku_id,
        category_l1,
        event_date,
        cast(sum(items) as bigint) as items,
        cast(sum(returned_items) as bigint) as returned_items,
        cast(sum(late_returns) as bigint) as late_returns,
        night
    from changes
    where {{ in_range('night') }}
    group by creator_id, sku_id, category_l1, event_date, night
    having sum(items) != 0 or sum(returned_items) != 0 or sum(late_returns) != 0
)

select * from int_creator_returns_daily
