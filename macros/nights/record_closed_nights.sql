{#- Table landing.closed_nights: what each `_nights` file lists, one row per night and table. -#}
{% macro record_closed_nights(root) -%}
    {%- set found = run_query("select count(*) from glob('" ~ root ~ "/_nights/*.json')") -%}
    {%- if found.rows[0][0] == 0 -%}
        {%- do exceptions.raise_compiler_error(
            "no closed night in " ~ root ~ "/_nights: run `make build` for the demo, `make seal` for a landing zone "
            ~ "without _nights files, or set RISK_LANDING"
        ) -%}
    {%- endif -%}
    {%- do run_query("
        create or replace table landing.closed_nights as
        with nights as (
            select
                cast(night as date) as night,
                unnest(map_entries(tables)) as delivery
            from read_json(
                '" ~ root ~ "/_nights/*.json',
                columns = {night: 'date', tables: 'map(varchar, struct(rows bigint, files varchar[]))'}
            )
        )
        select
            night,
            delivery.key as table_name,
            coalesce(delivery.value.rows, 0) as row_count,
            coalesce(delivery.value.files, []) as files
        from nights
        order by night, table_name
    ") -%}
{%- endmacro %}
