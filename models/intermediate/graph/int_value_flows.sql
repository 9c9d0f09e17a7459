-- Grain: one row per baseline night, payer and payee, two identity clusters: what one
-- paid the other in 30 days, by orders, or by a payout into an account from which the
-- other pays afterwards.
with purchases as (
    select * from {{ ref('int_baseline_purchases') }}
    where {{ in_range('night') }}
),

payouts as (
    select * from {{ ref('int_baseline_payouts') }}
    where {{ in_range('night') }} and account_hash is not null
),

funded as (
    select
        payouts.cluster_id as payer_id,
        purchases.payer_id as payee_id,
        payouts.payout_id,
        payouts.account_hash,
        payouts.paid_usd,
        payouts.night,
        payouts.paid_at
    from payouts
    inner join purchases
        on
            payouts.account_hash = purchases.account_hash
            and payouts.night = purchases.night
            and payouts.paid_at < purchases.paid_at
    group by all
),

-- no more came back out of the account than went in, and no more went in than was paid
spent as (
    select
        payer_id as payee_id,
        account_hash,
        sum(paid_usd) as paid_usd,
        night
    from purchases
    where account_hash is not null
    group by payer_id, account_hash, night
),

transfers as (
    select
        funded.payer_id,
        funded.payee_id,
        least(sum(funded.paid_usd), min(spent.paid_usd)) as value_usd,
        min(funded.paid_at) as first_at,
        max(funded.paid_at) as last_at,
        funded.night
    from funded
    inner join spent
        on
            funded.payee_id = spent.payee_id
            and funded.account_hash = spent.account_hash
            and funded.night = spent.night
    group by funded.payer_id, funded.payee_id, funded.account_hash, funded.night
),

flows as (
    select
        payer_id,
        payee_id,
        paid_usd as value_usd,
        paid_usd as purchases_usd,
        1 as purchases,
        night,
        paid_at as first_at,
        paid_at as last_at
    from purchases
    union all by name
    select * from transfers
),

int_value_flows as (
    select
        payer_id,
        payee_id,
        cast(sum(value_usd) as decimal(18, 2)) as value_usd,
        cast(coalesce(sum(purchases_usd), 0) as decimal(18, 2)) as purchases_usd,
        cast(coalesce(sum(purchases), 0) as bigint) as purchases,
        night,
        min(first_at) as first_at,
        max(last_at) as last_at
    from flows
    where payer_id != payee_id
    group by payer_id, payee_id, night
)

select * from int_value_flows
