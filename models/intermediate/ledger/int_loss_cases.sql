{{ config(materialized='view') }}

-- What was lost and what of it was claimed back, by what it was lost on: a refund, a
-- dispute (its fee aside), else the party that owes it. One row per loss case and
-- currency.
with claims as (
    select
        recovery_id,
        stage,
        coalesce(
            'dispute:' || dispute_id,
            'refund:' || refund_id,
            party_type || ':' || party_id,
            'recovery:' || recovery_id
        ) as case_id
    from {{ ref('stg_recoveries') }}
),

-- a refund the carrier funds is owed by the carrier: claims make that good; a promotion
-- that comes back with a refund is none of its losses
postings as (
    select *
    from {{ ref('fct_ledger_postings') }}
    where
        (
            account like 'loss_%'
            and component != 'fee'
            and (source_table != 'refunds' or component = 'principal')
        )
        or (account = 'carrier_receivable' and component = 'principal')
),

-- who was rewarded is who owes a reward taken by deceit
rewards as (
    select
        source_table,
        source_id,
        fact || '_attribution' as fact,
        party_type || ':' || party_id as case_id
    from {{ ref('int_ledger_facts_accruals') }}
),

sides as (
    select
        postings.currency,
        postings.amount_minor,
        case postings.source_table
            when 'refunds' then 'refund:' || postings.source_id
            when 'dispute_events'
                then 'dispute:' || split_part(postings.source_id, ':', 1)
            when 'recoveries' then claims.case_id
            when 'creator_awards' then rewards.case_id
            when 'referrals' then rewards.case_id
            when 'promotion_redemptions' then rewards.case_id
            else postings.party_type || ':' || postings.party_id
        end as case_id,
        postings.source_table = 'recoveries'
        or postings.fact in ('cash', 'default_recovery')
        or postings.fact like '%_taken_back_attribution' as is_recovery
    from postings
    left join claims
        on
            postings.source_table = 'recoveries'
            and postings.source_id = claims.recovery_id
            and postings.fact = claims.stage
    left join rewards
        on
            postings.source_table = rewards.source_table
            and postings.source_id = rewards.source_id
            and postings.fact = rewards.fact
),

int_loss_cases as (
    select
        case_id,
        currency,
        cast(sum(amount_minor) filter (where not is_recovery) as bigint)
            as gross_minor,
        cast(-coalesce(sum(amount_minor) filter (where is_recovery), 0) as bigint)
            as recovered_minor
    from sides
    where case_id is not null
    group by case_id, currency
)

select * from int_loss_cases
