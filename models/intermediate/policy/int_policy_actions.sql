{{ config(materialized="table") }}

-- Grain: one row per detection, policy version and scope. Severity and recommended
-- action in force between two nights.
with int_policy_actions as (
    {{ scoped_policy(
        ref('policy_actions'), payload=['severity', 'recommended_action']
    ) }}
)

select * from int_policy_actions
