-- How many chargebacks are won, by the month they were received and over every
-- denominator in use, since published rates differ by it. One row per month, scheme,
-- region and group of reasons.
with disputes as (
    select
        *,
        cast(date_trunc('month', received_on) as date) as received_month
    from {{ ref('int_dispute_outcomes') }}
),

counted as (
    select
        scheme,
        region,
        reason_group,
        count(*) as received,
        count(*) filter (where outcome != 'open') as decided,
        count(*) filter (where outcome != 'open' and is_contested) as contested,
        count(*) filter (where outcome = 'won') as won,
        count(*) filter (where outcome = 'won' and is_contested) as won_contested,
        sum(received_usd) as received_usd,
        sum(received_usd) filter (where outcome != 'open') as decided_usd,
        sum(returned_usd) as returned_usd,
        sum(returned_usd) filter (where outcome != 'open') as returned_decided_usd,
        received_month
    from disputes
    group by scheme, region, reason_group, received_month
),

mart_chargeback_win_rates as (
    select
        scheme,
        region,
        reason_group,
        received,
        decided,
        contested,
        won,
        won_contested,
        cast(received_usd as decimal(18, 2)) as received_usd,
        cast(coalesce(decided_usd, 0) as decimal(18, 2)) as decided_usd,
        cast(returned_usd as decimal(18, 2)) as returned_usd,
        cast(cast(won as double) / nullif(decided, 0) as decimal(9, 6))
            as won_of_decided,
        cast(cast(won as double) / received as decimal(9, 6)) as won_of_received,
        cast(cast(won_contested as double) / nullif(contested, 0) as decimal(9, 6))
            as won_of_contested,
        cast(
            cast(returned_usd as double) / nullif(received_usd, 0) as decimal(9, 6)
        ) as returned_share,
        cast(
            cast(returned_decided_usd as double) / nullif(decided_usd, 0)
            as decimal(9, 6)
        ) as returned_share_of_decided,
        received_month
    from counted
)

select * from mart_chargeback_win_rates
