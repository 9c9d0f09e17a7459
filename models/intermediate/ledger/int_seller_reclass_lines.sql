-- The nightly move of what sellers owe us from payable to receivable, at the rate of
-- the night. One row per seller, currency, night and account.
with balances as (
    select
        *,
        seller_id || ':' || currency || ':' || night as source_id,
        night as rate_for
    from {{ ref('int_seller_balances') }}
    where {{ in_range('night') }} and receivable_change_minor != 0
),

moves as (
    select
        seller_id,
        currency,
        night,
        source_id,
        receivable_change_minor as amount_minor,
        'reclass' as fact,
        'reclass' as journal_kind,
        {{ fact_id('seller_balance', 'source_id', 'reclass') }} as fact_id,
        cast(null as varchar) as reversed_fact_id,
        cast(null as varchar) as reverses_journal_id,
        cast(null as varchar) as order_id
    from balances
),

rates as (
    {{ known_rates('balances') }}
),

int_seller_reclass_lines as (
    {{ move_lines('moves', 'seller_balance', [
        {'account': 'seller_receivable', 'sign': ''},
        {'account': 'seller_payable', 'sign': '-'},
    ]) }}
)

select * from int_seller_reclass_lines
