-- Journals valued at one rate whose lines are off by more than a cent each when rounded
-- to US dollars, and journals of which only a part has a value.
with journals as (
    select
        journal_id,
        count(*) filter (where account != 'fx_gain_loss') as lines,
        count(distinct fx_rate) filter (where account != 'fx_gain_loss') as rates,
        coalesce(sum(amount_usd) filter (where account = 'fx_gain_loss'), 0)
            as rounded_usd,
        count(amount_usd) as valued,
        count(*) as postings
    from {{ ref('fct_ledger_postings') }}
    group by journal_id
)

select *
from journals
where
    (rates = 1 and abs(rounded_usd) > 0.01 * lines)
    or valued not in (0, postings)
