{{ config(materialized='view') }}

-- Claims that go beyond what they rest on: claimed back above what was lost, written
-- off or collected above what was claimed. One row per subject, currency and cause.
with recoveries as (
    select *
    from {{ ref('fct_ledger_postings') }}
    where source_table = 'recoveries' and component = 'claim'
),

cases as (
    select
        *,
        split_part(case_id, ':', 1) as case_type
    from {{ ref('int_loss_cases') }}
),

claims as (
    select
        source_id as recovery_id,
        currency,
        -sum(amount_minor) as excess_minor
    from recoveries
    group by source_id, currency
),

int_excess_claims as (
    select
        case case_type
            when 'refund' then 'refunds'
            when 'dispute' then 'dispute_events'
            when 'recovery' then 'recoveries'
            else case_type
        end as subject_type,
        substr(case_id, 2 + length(case_type)) as subject_id,
        currency,
        case
            when recovered_minor < 0 then 'write_off_above_claim'
            when gross_minor is null then 'unknown_loss'
            else 'over_recovery'
        end as cause,
        case
            when recovered_minor < 0 then -recovered_minor
            else recovered_minor - coalesce(gross_minor, 0)
        end as excess_minor
    from cases
    where recovered_minor < 0 or recovered_minor > coalesce(gross_minor, 0)
    union all
    select
        'recoveries' as subject_type,
        recovery_id as subject_id,
        currency,
        'collected_above_claim' as cause,
        excess_minor
    from claims
    where excess_minor > 0
)

select * from int_excess_claims
