-- Raw money movements that are not posted by exactly one first journal, and journals
-- without a movement. A closing stage with nothing in clearing posts nothing. Sellers'
-- defaults follow from balances, no raw row: defaults_are_what_sellers_owe holds them.
with facts as (
    select * from {{ ref('int_ledger_facts') }}
),

first_journals as (
    select
        source_table,
        source_id,
        fact,
        count(distinct journal_id) as journals
    from {{ ref('fct_ledger_postings') }}
    where
        journal_kind in ('original', 'reversal')
        and source_table != 'seller_balance'
    group by source_table, source_id, fact
)

select
    facts.fact_id,
    first_journals.source_table,
    first_journals.source_id,
    first_journals.fact,
    coalesce(first_journals.journals, 0) as journals
from facts
full join first_journals
    on
        facts.source_table = first_journals.source_table
        and facts.source_id = first_journals.source_id
        and facts.fact = first_journals.fact
where
    facts.fact_id is null
    or (facts.fact = 'close' and coalesce(first_journals.journals, 0) > 1)
    or (facts.fact != 'close' and coalesce(first_journals.journals, 0) != 1)
