-- Every raw money movement the ledger posts, with the US dollar rate of its day as
-- known on the night it arrived: one row per movement (source_table, source_id, fact).
with facts as (
    select * from {{ ref('int_ledger_facts_payments') }}
    where {{ in_range('night') }}
    union all
    select * from {{ ref('int_ledger_facts_claims') }}
    where {{ in_range('night') }}
    union all
    select * from {{ ref('int_ledger_facts_parties') }}
    where {{ in_range('night') }}
    union all
    select * from {{ ref('int_ledger_facts_accruals') }}
    where {{ in_range('night') }}
),

dated_facts as (
    select
        *,
        cast(event_at as date) as rate_for
    from facts
),

rates as (
    {{ known_rates('dated_facts') }}
),

int_ledger_facts as (
    select
        dated_facts.fact_id,
        dated_facts.source_table,
        dated_facts.source_id,
        dated_facts.fact,
        dated_facts.order_id,
        dated_facts.order_item_id,
        dated_facts.payment_id,
        dated_facts.party_type,
        dated_facts.party_id,
        dated_facts.currency,
        dated_facts.amount_minor,
        dated_facts.cash_minor,
        dated_facts.event_at,
        dated_facts.night,
        rates.usd_per_unit as fx_rate,
        rates.rate_date as fx_rate_date
    from dated_facts
    left join rates
        on
            dated_facts.currency = rates.currency
            and dated_facts.rate_for = rates.rate_for
            and dated_facts.night = rates.night
)

select * from int_ledger_facts
