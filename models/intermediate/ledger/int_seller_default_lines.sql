-- Seller defaults and what sellers earned back of them: a loss against the claim on the
-- seller. What comes back makes the loss good at the rate it was written off at. One
-- row per debt, night and account.
with defaults as (
    select
        *,
        seller_id || ':' || currency || ':' || owed_since as source_id,
        night = written_off_on as is_default
    from {{ ref('int_seller_defaults') }}
    where {{ in_range('night') }}
),

written_off as (
    select
        *,
        {{ fact_id('seller_balance', 'source_id', 'default') }} as default_fact_id
    from defaults
),

moves as (
    select
        seller_id,
        currency,
        night,
        written_off_on,
        source_id,
        change_minor as amount_minor,
        case when is_default then 'default' else 'default_recovery' end as fact,
        case when is_default then 'original' else 'reversal' end as journal_kind,
        case
            when is_default then default_fact_id
            else {{ fact_id('seller_balance', 'source_id', 'default_recovery') }}
        end as fact_id,
        case when not is_default then default_fact_id end as reversed_fact_id,
        case
            when not is_default
                then {{ journal_id('default_fact_id', 'written_off_on') }}
        end as reverses_journal_id,
        cast(null as varchar) as order_id
    from written_off
),

rate_nights as (
    select
        currency,
        night,
        night as rate_for
    from defaults
    union
    select
        currency,
        written_off_on as night,
        written_off_on as rate_for
    from defaults
),

rates as (
    {{ known_rates('rate_nights') }}
),

int_seller_default_lines as (
    {{ move_lines('moves', 'seller_balance', [
        {'account': 'loss_seller_default', 'sign': '', 'rate_night': 'written_off_on'},
        {'account': 'seller_receivable', 'sign': '-'},
    ]) }}
)

select * from int_seller_default_lines
