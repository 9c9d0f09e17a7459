-- Grain: one row per approved payment of a session and night judged: the declines in
-- the two hours before it, and how amount and authentication changed. A night judges
-- the approvals that arrived that night and those a decline of that night belongs to.
with attempts as (
    select * from {{ ref('int_payment_attempts') }}
    where
        kind = 'authorisation'
        and session_id is not null
        and night <= {{ to_night() }}
),

touched_sessions as (
    select distinct
        session_id,
        night
    from attempts
    where {{ in_range('night') }}
),

in_reach as (
    select
        attempts.*,
        touched_sessions.night as judged_night
    from touched_sessions
    inner join attempts
        on
            touched_sessions.session_id = attempts.session_id
            and touched_sessions.night >= attempts.night
),

approvals as (
    select * from in_reach
    where result = 'approved'
),

-- too little money on the card that paid in the end is a payer who asks for less
counted_declines as (
    select
        approvals.payment_id as approval_id,
        declines.*
    from approvals
    inner join in_reach as declines
        on
            approvals.session_id = declines.session_id
            and approvals.judged_night = declines.judged_night
            and declines.result = 'declined'
            and approvals.attempted_at > declines.attempted_at
            and approvals.attempted_at - interval 2 hours <= declines.attempted_at
            and not (
                declines.is_funds_related
                and coalesce(
                    approvals.instrument_fingerprint = declines.instrument_fingerprint,
                    false
                )
            )
),

probes as (
    select
        approval_id,
        judged_night,
        first(currency order by attempted_at, payment_id) as first_currency,
        first(amount_minor order by attempted_at, payment_id) as first_amount_minor,
        list_distinct(list(instrument_fingerprint)) as declined_instruments,
        count(*) as declines,
        bool_or(three_ds = 'authenticated') as was_authenticated,
        max(night) as last_arrival,
        min(attempted_at) as first_event_at
    from counted_declines
    group by approval_id, judged_night
),

ind_session_approvals as (
    select
        'session' as entity_type,
        approvals.session_id as entity_id,
        approvals.payment_id,
        approvals.region,
        approvals.business_line,
        case
            when approvals.instrument_fingerprint is null then 'no_instrument'
        end as missing_input,
        0 as history_days,
        coalesce(probes.declines, 0) as declines,
        len(list_distinct(list_append(
            coalesce(probes.declined_instruments, []), approvals.instrument_fingerprint
        ))) as instruments,
        cast(case
            when approvals.currency = probes.first_currency
                then approvals.amount_minor / nullif(probes.first_amount_minor, 0)
        end as decimal(18, 6)) as amount_ratio,
        approvals.amount_usd,
        coalesce(
            probes.was_authenticated and approvals.three_ds in ('none', 'exempted'),
            false
        ) as is_three_ds_downgraded,
        approvals.judged_night as night,
        coalesce(probes.first_event_at, approvals.attempted_at) as first_event_at,
        approvals.attempted_at as last_event_at
    from approvals
    left join probes
        on
            approvals.payment_id = probes.approval_id
            and approvals.judged_night = probes.judged_night
    where approvals.judged_night in (approvals.night, probes.last_arrival)
)

select * from ind_session_approvals
