-- The nightly move of what sellers owe us from payable to receivable, at the rate of
-- the night. One row per seller, currency, night and account.
with balances as (
    select
        *,
        'seller_balance|'
        || seller_id
        || ':'
        || currency
        || ':'
        || night
        || '|reclass' as fact_id,
        night as rate_for
    from {{ ref('int_seller_balances') }}
    where {{ in_range('night') }} and receivable_change_minor != 0
),

rates as (
    {{ known_rates('balances') }}
),

int_seller_reclass_lines as (
    select
        balances.fact_id as ledger_key,
        balances.fact_id,
        cast(null as varchar) as reversed_fact_id,
        side.account,
        'seller' as party_type,
        balances.seller_id as party_id,
        cast(null as varchar) as order_id,
        cast(null as varchar) as order_item_id,
        cast(null as varchar) as payment_id,
        'principal' as component,
        balances.currency,
        true as is_complete,
        cast(balances.night as timestamp) as event_at,
        side.direction * balances.receivable_change_minor as amount_minor,
        balances.night,
        'seller_balance' as source_table,
        balances.seller_id
        || ':'
        || balances.currency
        || ':'
        || balances.night as source_id,
        'reclass' as fact,
        rates.usd_per_unit as fx_rate,
        rates.rate_date as fx_rate_date,
        'reclass' as journal_kind,
        cast(null as varchar) as reverses_journal_id
    from balances
    cross join
        (values ('seller_receivable', 1), ('seller_payable', -1))
            as side (account, direction)
    left join
        rates
        on balances.currency = rates.currency and balances.night = rates.night
)

select * from int_seller_reclass_lines
