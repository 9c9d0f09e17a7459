-- Nights on which a dispute holds less than nothing or more than was taken in clearing,
-- or anything at all once its last known stage closed it.
with events as (
    select
        dispute_id,
        currency,
        stage_seq,
        night,
        stage in ('won', 'lost', 'accepted', 'withdrawn') as is_close,
        greatest(-cash_effect_minor, 0) as opened_minor
    from {{ ref('stg_dispute_events') }}
),

nights as (
    select distinct
        dispute_id,
        night
    from events
),

known as (
    select
        nights.dispute_id,
        nights.night,
        events.currency,
        sum(events.opened_minor) as opened_minor,
        max_by(events.is_close, events.stage_seq) as is_closed
    from nights
    inner join events
        on nights.dispute_id = events.dispute_id and nights.night >= events.night
    group by nights.dispute_id, nights.night, events.currency
),

postings as (
    select
        split_part(source_id, ':', 1) as dispute_id,
        currency,
        amount_minor,
        night
    from {{ ref('fct_ledger_postings') }}
    where account = 'dispute_clearing'
),

balances as (
    select
        known.*,
        coalesce((
            select sum(postings.amount_minor)
            from postings
            where
                postings.dispute_id = known.dispute_id
                and postings.currency = known.currency
                and postings.night <= known.night
        ), 0) as clearing_minor
    from known
)

select *
from balances
where
    clearing_minor < 0
    or clearing_minor > opened_minor
    or (is_closed and clearing_minor != 0)
