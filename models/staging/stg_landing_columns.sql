-- Grain: one row per night, table and column its files held.
with delivered_columns as (
    select * from {{ source('landing_log', 'delivered_columns') }}
),

stg_landing_columns as (
    select
        table_name,
        column_name,
        night
    from delivered_columns
    where {{ in_range('night') }}
)

select * from stg_landing_columns
