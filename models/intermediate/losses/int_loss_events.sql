{{ config(materialized='table') }}

-- What was lost, what was booked to come back and what came in cash: one row per
-- posting on a loss or memo account and per collection. A collection has the cause its
-- claim stands under; a memo loss is borne by somebody else.
with postings as (
    select * from {{ ref('int_posting_orders') }}
),

entries as (
    select
        *,
        source_table = 'dispute_events' as is_cash
    from {{ ref('int_loss_entries') }}
),

memos as (
    select
        *,
        split_part(account, '_', 3) as bearer,
        'gross' as entry,
        amount_minor as gross_minor,
        0 as recovered_minor,
        amount_minor as net_minor,
        amount_usd as gross_usd,
        0.00 as recovered_usd,
        amount_usd as net_usd
    from postings
    where account like 'memo_loss_%'
),

received as (
    select *
    from postings
    where
        account = 'psp_cash' and source_table = 'recoveries' and fact = 'received'
),

claims as (
    select
        source_id,
        loss_type
    from entries
    where source_table = 'recoveries'
    group by source_id, loss_type
    having sum(net_minor) < 0
),

claimed_under as (
    select
        received.posting_id,
        min(claims.loss_type) as loss_type
    from received
    inner join claims on received.source_id = claims.source_id
    group by received.posting_id
),

collections as (
    select
        received.* replace (claimed_under.loss_type as loss_type),
        'platform' as bearer,
        'collection' as entry,
        0 as gross_minor,
        0 as recovered_minor,
        0 as net_minor,
        0.00 as gross_usd,
        0.00 as recovered_usd,
        0.00 as net_usd
    from received
    inner join claimed_under on received.posting_id = claimed_under.posting_id
),

events as (
    select * from entries
    union all by name
    select * from memos
    union all by name
    select * from collections
),

int_loss_events as (
    select
        events.posting_id,
        events.journal_id,
        events.source_id,
        events.order_id,
        events.order_item_id,
        events.payment_id,
        events.source_table,
        events.fact,
        events.loss_type,
        loss_types.scenario,
        events.bearer,
        events.entry,
        events.component,
        events.currency,
        cast(events.gross_minor as bigint) as gross_minor,
        cast(events.recovered_minor as bigint) as recovered_minor,
        cast(case
            when events.entry = 'collection' then events.amount_minor
            when events.is_cash then events.recovered_minor
            else 0
        end as bigint) as cash_recovered_minor,
        cast(events.net_minor as bigint) as net_minor,
        cast(events.gross_usd as decimal(18, 2)) as gross_usd,
        cast(events.recovered_usd as decimal(18, 2)) as recovered_usd,
        cast(case
            when events.entry = 'collection' then events.amount_usd
            when events.is_cash then events.recovered_usd
            else 0
        end as decimal(18, 2)) as cash_recovered_usd,
        cast(events.net_usd as decimal(18, 2)) as net_usd,
        events.event_date,
        events.night
    from events
    left join {{ ref('ref_loss_types') }} as loss_types
        on events.loss_type = loss_types.loss_type
)

select * from int_loss_events
