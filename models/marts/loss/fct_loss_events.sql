-- What was lost, what was booked to come back and what came in cash: one row per
-- posting on a loss account and per collection. A collection has the cause its claim
-- stands under.
with entries as (
    select
        posting_id,
        journal_id,
        source_id,
        order_id,
        order_item_id,
        payment_id,
        source_table,
        fact,
        loss_type,
        bearer,
        entry,
        component,
        currency,
        gross_minor,
        recovered_minor,
        case when fact = 'cash' then recovered_minor else 0 end as cash_recovered_minor,
        net_minor,
        gross_usd,
        recovered_usd,
        case when fact = 'cash' then recovered_usd else 0 end as cash_recovered_usd,
        net_usd,
        event_date,
        night
    from {{ ref('int_loss_entries') }}
),

received as (
    select *
    from {{ ref('int_posting_orders') }}
    where
        account = 'psp_cash' and source_table = 'recoveries' and fact = 'received'
),

claimed_under as (
    select
        received.posting_id,
        entries.loss_type,
        entries.bearer
    from received
    inner join entries
        on
            received.source_id = entries.source_id
            and received.source_table = entries.source_table
    group by all
    having sum(entries.net_minor) < 0
),

first_claims as (
    select *
    from claimed_under
    qualify row_number() over (partition by posting_id order by loss_type) = 1
),

collections as (
    select
        received.posting_id,
        received.journal_id,
        received.source_id,
        received.order_id,
        received.order_item_id,
        received.payment_id,
        received.source_table,
        received.fact,
        first_claims.loss_type,
        first_claims.bearer,
        'collection' as entry,
        received.component,
        received.currency,
        0 as gross_minor,
        0 as recovered_minor,
        received.amount_minor as cash_recovered_minor,
        0 as net_minor,
        0.00 as gross_usd,
        0.00 as recovered_usd,
        received.amount_usd as cash_recovered_usd,
        0.00 as net_usd,
        received.event_date,
        received.night
    from received
    inner join first_claims on received.posting_id = first_claims.posting_id
),

events as (
    select * from entries
    union all
    select * from collections
),

fct_loss_events as (
    select
        events.*,
        loss_types.scenario
    from events
    left join {{ ref('ref_loss_types') }} as loss_types
        on events.loss_type = loss_types.loss_type
)

select * from fct_loss_events
