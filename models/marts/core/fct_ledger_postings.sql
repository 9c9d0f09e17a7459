{{ config(materialized='incremental', incremental_strategy='replace_nights') }}

-- The general ledger, append-only double entry: one row per posting. A night posts what
-- it learned; a correction is a new journal, never an update. Cents lost to rounding in
-- US dollars, and differences to an original rate, go to fx_gain_loss.
with lines as (
    select
        *,
        {{ journal_id('fact_id', 'night') }} as journal_id
    from {{ ref('int_ledger_lines') }}
    where {{ in_range('night') }}
),

currencies as (
    select * from {{ ref('ref_currencies') }}
),

valued as (
    select
        lines.*,
        {{ amount_in_usd(
            'lines.amount_minor', 'lines.fx_rate', 'currencies.exponent'
        ) }} as line_usd
    from lines
    left join currencies on lines.currency = currencies.currency
),

complete as (
    select
        * exclude (line_usd),
        case
            when count(*) over (partition by journal_id)
                = count(line_usd) over (partition by journal_id)
                then line_usd
        end as amount_usd
    from valued
),

residues as (
    select
        journal_id,
        journal_kind,
        source_table,
        source_id,
        fact,
        fact_id,
        currency,
        max(event_at) as event_at,
        -sum(amount_usd) as amount_usd,
        night
    from complete
    group by all
    having sum(amount_usd) != 0
),

entries as (
    select * from complete
    union all by name
    select
        *,
        'fx_gain_loss' as account,
        'principal' as component,
        0 as amount_minor,
        true as is_complete
    from residues
),

fct_ledger_postings as (
    select
        md5(concat_ws(
            '|', journal_id, account, component, currency, is_complete, event_at,
            'party', party_type, party_id, 'order', order_id, 'item', order_item_id,
            'payment', payment_id, 'reverses', reversed_fact_id, 'cause', loss_type
        )) as posting_id,
        journal_id,
        reverses_journal_id,
        source_id,
        party_id,
        order_id,
        order_item_id,
        payment_id,
        journal_kind,
        source_table,
        fact,
        account,
        party_type,
        component,
        case when account like 'loss_%' then substr(account, 6) else loss_type end
            as loss_type,
        currency,
        cast(amount_minor as bigint) as amount_minor,
        cast(fx_rate as decimal(18, 10)) as fx_rate,
        cast(amount_usd as decimal(18, 2)) as amount_usd,
        is_complete,
        fx_rate_date,
        night,
        event_at
    from entries
)

select * from fct_ledger_postings
