-- Grain: one row per event month the last close covered, cause, source table and fact:
-- how many journals moved it since, all accounts together.
select
    event_month,
    case journal_kind
        when 'original' then 'arrived_late'
        else journal_kind
    end as cause,
    source_table,
    fact,
    count(distinct journal_id) as journals,
    cast(coalesce(sum(amount_usd) filter (where amount_usd > 0), 0) as decimal(18, 2))
        as debits_usd,
    cast(coalesce(sum(amount_usd) filter (where amount_usd < 0), 0) as decimal(18, 2))
        as credits_usd,
    count(*) = count(amount_usd) as is_usd_complete,
    min(night) as first_night,
    max(night) as last_night
from postings
where last_close = 'since'
group by all

union all

select
    event_month,
    cause,
    null,
    null,
    0,
    cast(coalesce(sum(amount_usd) filter (where amount_usd > 0), 0) as decimal(18, 2)),
    cast(coalesce(sum(amount_usd) filter (where amount_usd < 0), 0) as decimal(18, 2)),
    bool_and(is_usd_complete),
    null,
    null
from causes
where cause = 'restated'
group by event_month, cause
order by event_month, cause, source_table, fact
