{{ config(materialized="table") }}

-- Grain: one row per detection, policy version, scope and reason code that is graver
-- than the detection, in force between two nights.
with int_policy_escalations as (
    {{ scoped_policy(
        ref('policy_escalations'),
        item='reason_code',
        payload=['severity', 'recommended_action']
    ) }}
)

select * from int_policy_escalations
