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

counted as (
    select
        creator_id,
        sku_id,
        category_l1,
        matured_on as event_date,
        1 as items,
        cast(is_returned as integer) as returned_items,
        cast(is_returned_late as integer) as late_returns,
        night,
        until_night
    from items
),

int_creator_returns_daily as (
    {{ daily_changes('counted', ['creator_id', 'sku_id', 'category_l1'], [
        'items', 'returned_items', 'late_returns'
    ]) }}
)

select * from int_creator_returns_daily
