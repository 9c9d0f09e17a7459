-- Past valuations of what was lost that the ledger does not give any more when it is
-- read as of their night. What a past night said never changes.
with valuations as (
    select
        valued_on,
        sum(latest_value) filter (where measure = 'net_usd') as net_usd
    from {{ ref('mart_loss_reserves') }}
    group by valued_on
),

ledger as (
    select
        valuations.valued_on,
        coalesce(sum(postings.amount_usd), 0) as net_usd
    from valuations
    inner join {{ ref('fct_ledger_postings') }} as postings
        on valuations.valued_on >= postings.night
    where postings.account like 'loss_%'
    group by valuations.valued_on
)

select
    valuations.valued_on,
    valuations.net_usd,
    ledger.net_usd as ledger_usd
from valuations
left join ledger on valuations.valued_on = ledger.valued_on
where valuations.net_usd is distinct from ledger.net_usd
