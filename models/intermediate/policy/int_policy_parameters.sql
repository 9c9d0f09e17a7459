{{ config(materialized="table") }}

-- Grain: one row per detection, policy version, scope and parameter. The number in
-- force between two nights for every scope the detection's policy names, the most
-- specific row having won.
with int_policy_parameters as (
    {{ scoped_policy(ref('policy_parameters'), payload=['value'], item='parameter') }}
)

select * from int_policy_parameters
