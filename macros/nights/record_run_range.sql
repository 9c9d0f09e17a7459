{#-
    Table landing.run_range: the first closed night, and the nights this run covers when no vars say so: from the
    night after the last completed one (run manifest) to the last closed one.
-#}
{% macro record_run_range() -%}
    {%- set manifests = env_var('RISK_STATE', 'data') ~ '/manifest/*.json' -%}
    {%- set found = run_query("select count(*) from glob('" ~ manifests ~ "')").rows[0][0] -%}
    {%- set completed -%}
        {%- if found and not flags.FULL_REFRESH -%}
            select max(to_night) filter (where status = 'completed') as night
            from read_json('{{ manifests }}', columns = {status: 'varchar', to_night: 'date'})
        {%- else -%}
            select null::date as night
        {%- endif -%}
    {%- endset -%}
    {%- do run_query("
        create or replace table landing.run_range as
        with closed as (
            select min(night) as first_night, max(night) as last_night from landing.closed_nights
        ),
        completed as (" ~ completed ~ ")
        select
            closed.first_night,
            coalesce(completed.night + 1, closed.first_night) as from_night,
            closed.last_night as to_night
        from closed
        cross join completed
    ") -%}
{%- endmacro %}
