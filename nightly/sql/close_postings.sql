-- Grain: one row per posting known by the cut-off: which part of this close it belongs
-- to, and whether the last close had it already (`then`) or not yet (`since`).
with postings as (
    select
        journal_id,
        journal_kind,
        source_table,
        source_id,
        fact,
        account,
        order_id,
        payment_id,
        currency,
        amount_minor,
        amount_usd,
        cast(event_at as date) as event_date,
        night
    from published.fct_ledger_postings
)

select
    *,
    strftime(event_date, '%Y-%m') as event_month,
    scope_of(event_date, night) as scope,
    case
        when event_date > getvariable('since_month_end') then null
        when night > getvariable('since_cut_off') then 'since'
        when night <= getvariable('since_cut_off') then 'then'
    end as last_close
from postings
where night <= getvariable('cut_off')
