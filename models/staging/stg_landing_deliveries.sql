-- Grain: one row per night and table listed that night. A table that is not listed was
-- not delivered: what needs it is not evaluated.
with closed_nights as (
    select * from {{ source('landing_log', 'closed_nights') }}
),

stg_landing_deliveries as (
    select
        table_name,
        row_count as delivered_rows,
        night
    from closed_nights
    where {{ in_range('night') }}
)

select * from stg_landing_deliveries
