-- Edits of a listing that matter for risk, with the value before and after.
-- Grain: one row per change, as first delivered.
with landed as (
    {{ landing_rows('listing_changes') }}
),
delivered as (
    {{ first_delivery('landed', ['change_id'], 'changed_at') }}
),
stg_listing_changes as (
    select
        change_id,
        sku_id,
        field,
        old_value,
        new_value,
        night,
        changed_at,
        ingested_at
    from delivered
)
select * from stg_listing_changes
