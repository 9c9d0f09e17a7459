-- Journals with a memo account (a loss somebody else bore) in which the memo accounts
-- and memo_contra do not cancel out, or that move cash.
with postings as (
    select
        *,
        account like 'memo_%' as is_memo
    from {{ ref('fct_ledger_postings') }}
),

journals as (
    select
        journal_id,
        currency,
        coalesce(sum(amount_minor) filter (where is_memo), 0) as memo_minor,
        coalesce(bool_or(account = 'memo_contra'), false) as has_contra,
        bool_or(is_memo) as has_memo,
        bool_or(account = 'psp_cash') as has_cash
    from postings
    group by journal_id, currency
)

select *
from journals
where has_memo and (memo_minor != 0 or has_cash or not has_contra)
