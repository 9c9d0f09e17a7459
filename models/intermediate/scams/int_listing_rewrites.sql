-- Grain: one row per listing, change that ends a window of 24 hours, and night on which
-- a change or, for 14 nights, an order of it arrived: what the window's changes made
-- of the listing, from before the first of them to after the last.
with changes as (
    select * from {{ ref('stg_listing_changes') }}
    where
        night <= {{ to_night() }}
        and field in ('title', 'category', 'gtin', 'image', 'price')
),

rewritten as (
    select distinct sku_id, night as known_on from changes
    where field != 'price' and night > {{ from_night() }} - 14
),

sales as (
    select sku_id, night from {{ ref('int_item_sales') }}
    where {{ in_range('night') }}
),

touched as (
    select sku_id, night from changes
    where {{ in_range('night') }}
    union
    select sales.sku_id, sales.night
    from sales
    inner join rewritten
        on
            sales.sku_id = rewritten.sku_id
            and sales.night >= rewritten.known_on
            and sales.night < rewritten.known_on + 14
),

in_window as (
    select
        window_ends.change_id as last_change_id,
        changes.* exclude (night, ingested_at),
        changes.night as known_on,
        touched.night
    from touched
    inner join changes as window_ends
        on
            touched.sku_id = window_ends.sku_id
            and touched.night >= window_ends.night
    inner join changes
        on
            window_ends.sku_id = changes.sku_id
            and window_ends.changed_at >= changes.changed_at
            and window_ends.changed_at < changes.changed_at + interval 24 hours
            and touched.night >= changes.night
),

fields as (
    select
        sku_id,
        last_change_id,
        field,
        (min_by([old_value], (changed_at, change_id)))[1] as old_value,
        (max_by([new_value], (changed_at, change_id)))[1] as new_value,
        list('listing_change:' || change_id) as objects,
        max(known_on) as known_on,
        min(changed_at) as first_changed_at,
        max(changed_at) as last_changed_at,
        night
    from in_window
    group by sku_id, last_change_id, field, night
),

int_listing_rewrites as (
    select
        sku_id,
        last_change_id,
        count(*) filter (
            where field != 'price' and old_value is distinct from new_value
        ) as changed_fields,
        max({{ word_similarity('old_value', 'new_value') }}) filter (
            where field = 'title'
        ) as title_similarity,
        max(cast(
            try_cast(new_value as bigint) / nullif(try_cast(old_value as double), 0)
            as decimal(12, 4)
        )) filter (where field = 'price') as price_ratio,
        list_sort(flatten(list(objects))) as objects,
        night,
        min(first_changed_at) filter (where field != 'price') as first_changed_at,
        max(last_changed_at) as last_changed_at
    from fields
    group by sku_id, last_change_id, night
    having
        count(*) filter (where field != 'price') > 0
        and max(known_on) > night - 14
)

select * from int_listing_rewrites
