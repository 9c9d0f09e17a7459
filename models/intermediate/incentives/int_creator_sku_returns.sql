-- Grain: one row per creator and baseline night: how often what it sells comes back
-- when other creators sell it, over items that became 30 days old in the last 60 days.
with baselines as (
    {{ baseline_nights() }}
),

days as (
    select * from {{ ref('int_creator_returns_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 60
),

own as (
    select
        days.creator_id,
        days.sku_id,
        baselines.night,
        sum(days.items) as items,
        sum(days.returned_items) as returned_items
    from baselines
    inner join days
        on
            baselines.night >= days.night
            and days.event_date > baselines.night - 60
            and baselines.night >= days.event_date
    group by days.creator_id, days.sku_id, baselines.night
),

beside_all as (
    select
        *,
        sum(items) over same_product - items as other_items,
        sum(returned_items) over same_product - returned_items as other_returned_items
    from own
    window same_product as (partition by sku_id, night)
),

int_creator_sku_returns as (
    select
        creator_id,
        cast(sum(other_items) as bigint) as other_items,
        cast(sum(other_returned_items) as bigint) as other_returned_items,
        night
    from beside_all
    group by creator_id, night
    having sum(other_items) > 0
)

select * from int_creator_sku_returns
