-- Grain: one row per baseline night, identity cluster, way and payment: payments
-- through which a cluster's money comes back to it. Ways: payouts_come_back (paid at
-- its shops out of an account it was paid out to days before), money_in_a_cycle (a step
-- of a cycle it is in), mutual_trade (between it and one that also bought from it).
with purchases as (
    select
        *,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line
    from {{ ref('int_baseline_purchases') }}
    where {{ in_range('night') }}
),

payouts as (
    select * from {{ ref('int_baseline_payouts') }}
    where {{ in_range('night') }}
),

flows as (
    select * from {{ ref('int_value_flows') }}
    where {{ in_range('night') }} and purchases > 0
),

cycles as (
    select * from {{ ref('int_value_cycles') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('COL-04', ['max_return_days']) }}
),

returned as (
    select
        purchases.payee_id as cluster_id,
        'payouts_come_back' as way,
        cast(null as varchar) as partner_id,
        purchases.*
    from purchases
    inner join policy on {{ policy_applies('purchases') }}
    semi join payouts
        on
            purchases.payee_id = payouts.cluster_id
            and purchases.account_hash = payouts.account_hash
            and purchases.night = payouts.night
            and purchases.paid_at > payouts.paid_at
            and purchases.paid_at
            < payouts.paid_at + to_days(cast(policy.max_return_days as integer))
),

steps as (
    select
        night,
        unnest(cluster_ids) as payer_id,
        unnest(list_concat(cluster_ids[2:], cluster_ids[:1])) as payee_id,
        cluster_ids
    from cycles
),

members as (
    select distinct
        unnest(cluster_ids) as cluster_id,
        payer_id,
        payee_id,
        night
    from steps
),

in_cycles as (
    select
        members.cluster_id,
        'money_in_a_cycle' as way,
        cast(null as varchar) as partner_id,
        purchases.*
    from members
    inner join purchases
        on
            members.payer_id = purchases.payer_id
            and members.payee_id = purchases.payee_id
            and members.night = purchases.night
),

pairs as (
    select one.payer_id as cluster_id, one.payee_id as partner_id, one.night
    from flows as one
    inner join flows as back
        on
            one.payer_id = back.payee_id
            and one.payee_id = back.payer_id
            and one.night = back.night
),

mutual as (
    select
        pairs.cluster_id,
        'mutual_trade' as way,
        pairs.partner_id,
        purchases.*
    from pairs
    inner join purchases
        on
            purchases.payer_id in (pairs.cluster_id, pairs.partner_id)
            and purchases.payee_id in (pairs.cluster_id, pairs.partner_id)
            and purchases.payer_id != purchases.payee_id
            and pairs.night = purchases.night
),

int_circular_purchases as (
    select * exclude (region, business_line) from returned
    union all
    select * exclude (region, business_line) from in_cycles
    union all
    select * exclude (region, business_line) from mutual
)

select * from int_circular_purchases
