-- Grain: one row per baseline night and cycle: value that runs through two to four
-- identity clusters and comes back, each step after the one before.
with all_flows as (
    select
        *,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line
    from {{ ref('int_value_flows') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('COL-04', ['min_step_usd']) }}
),

flows as (
    select
        all_flows.night as graph,
        all_flows.payer_id as payer,
        all_flows.payee_id as payee,
        all_flows.value_usd as value,
        all_flows.first_at,
        all_flows.last_at
    from all_flows
    inner join policy on {{ policy_applies('all_flows') }}
    where all_flows.value_usd >= policy.min_step_usd
),

cycles as (
    {{ value_cycles('flows') }}
),

int_value_cycles as (
    select
        array_to_string(nodes, '>') as cycle_id,
        nodes as cluster_ids,
        cycle_length,
        value as value_usd,
        graph as night,
        first_at,
        last_at
    from cycles
)

select * from int_value_cycles
