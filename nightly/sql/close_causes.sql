-- Grain: one row per event month the last close covered, account, currency, cause,
-- source table and fact: what became known since, and the journal that moved most.
with late as (
    select
        *,
        case journal_kind
            when 'original' then 'arrived_late'
            else journal_kind
        end as cause
    from postings
    where last_close = 'since'
),

journals as (
    select
        event_month,
        account,
        currency,
        cause,
        source_table,
        fact,
        journal_id,
        source_id,
        night,
        sum(amount_minor) as amount_minor,
        sum(amount_usd) as amount_usd,
        count(*) = count(amount_usd) as is_usd_complete
    from late
    group by all
),

restated as (
    select
        event_month,
        account,
        currency,
        coalesce(since_known.amount_minor, 0) - coalesce(since_balances.amount_minor, 0)
            as amount_minor,
        coalesce(since_known.amount_usd, 0) - coalesce(since_balances.amount_usd, 0)
            as amount_usd
    from since_balances
    full join since_known using (event_month, account, currency)
)

select
    event_month,
    account,
    currency,
    cause,
    source_table,
    fact,
    count(*) as journals,
    cast(sum(amount_minor) as bigint) as amount_minor,
    cast(coalesce(sum(amount_usd), 0) as decimal(18, 2)) as amount_usd,
    bool_and(is_usd_complete) as is_usd_complete,
    min_by(journal_id, (-abs(amount_minor), journal_id)) as largest_journal_id,
    min_by(source_id, (-abs(amount_minor), journal_id)) as largest_source_id,
    cast(min_by(amount_minor, (-abs(amount_minor), journal_id)) as bigint)
        as largest_minor,
    min_by(night, (-abs(amount_minor), journal_id)) as largest_night
from journals
group by event_month, account, currency, cause, source_table, fact

union all

select
    event_month,
    account,
    currency,
    'restated',
    null,
    null,
    0,
    cast(amount_minor as bigint),
    cast(amount_usd as decimal(18, 2)),
    true,
    null,
    null,
    null,
    null
from restated
where amount_minor != 0 or amount_usd != 0
order by event_month, account, currency, cause, source_table, fact
