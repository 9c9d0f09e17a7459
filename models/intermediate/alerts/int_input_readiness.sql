-- Grain: one row per consumer (detection or metric) and night. Whether the tables and
-- columns it needs were there, as of the night: a table first delivered in June leaves
-- May not evaluated for ever.
with deliveries as (
    select * from {{ ref('stg_landing_deliveries') }}
),

delivered_columns as (
    select * from {{ ref('stg_landing_columns') }}
),

requirements as (
    {{ required_inputs('detection') }}
    union all
    {{ required_inputs('metric') }}
),

nights as (
    select distinct night
    from deliveries
    where {{ in_range('night') }}
),

-- a night without rows says nothing of the columns: those of the latest night with rows
-- count
column_nights as (
    select
        requirements.table_name,
        nights.night,
        max(delivered_columns.night) as columns_night
    from (select distinct table_name from requirements) as requirements
    cross join nights
    left join delivered_columns
        on
            requirements.table_name = delivered_columns.table_name
            and nights.night >= delivered_columns.night
    group by requirements.table_name, nights.night
),

checks as (
    select
        requirements.consumer_kind,
        requirements.consumer_id,
        nights.night,
        case
            when deliveries.table_name is null
                then 'table not delivered: ' || requirements.table_name
            -- a table that never held a row may be one the marketplace knows nothing of
            when column_nights.columns_night is null
                then 'no row delivered yet: ' || requirements.table_name
            when
                requirements.column_name is not null
                and delivered_columns.column_name is null
                then
                    'column not delivered: ' || requirements.table_name || '.'
                    || requirements.column_name
        end as missing_input
    from requirements
    cross join nights
    left join deliveries
        on
            requirements.table_name = deliveries.table_name
            and nights.night = deliveries.night
    left join column_nights
        on
            requirements.table_name = column_nights.table_name
            and nights.night = column_nights.night
    left join delivered_columns
        on
            requirements.table_name = delivered_columns.table_name
            and requirements.column_name = delivered_columns.column_name
            and column_nights.columns_night = delivered_columns.night
),

int_input_readiness as (
    select
        consumer_kind,
        consumer_id,
        min(missing_input) as missing_input,
        count(missing_input) = 0 as is_ready,
        night
    from checks
    group by consumer_kind, consumer_id, night
)

select * from int_input_readiness
