-- Authorisations that belong to card testing: they lie in a stretch of windows in which
-- one source tried many cards in vain, or one card range number by number. One row per
-- payment attempt and night that says so.
with windows as (
    select * from {{ ref('ind_payment_source_bursts') }}
    where {{ in_range('night') }} and missing_input is null
),

attempts as (
    select * from {{ ref('int_payment_source_attempts') }}
    where night <= {{ to_night() }}
),

payments as (
    select
        payment_id,
        scheme,
        attempted_at
    from {{ ref('stg_payment_attempts') }}
    where night <= {{ to_night() }} and scheme is not null
),

policy as (
    {{ policy_in_force('TXN-01', [
        'min_attempts', 'min_instruments', 'min_decline_rate', 'min_bin_attempts',
        'min_bin_enumeration_ratio', 'min_bin_decline_rate',
    ]) }}
),

tested as (
    select windows.*
    from windows
    inner join policy on {{ policy_applies('windows') }}
    anti join {{ ref('int_payment_outages') }} as outages
        on
            date_trunc('hour', windows.last_event_at) = outages.hour_at
            and windows.night = outages.night
    where
        (
            windows.attempts >= policy.min_attempts
            and windows.instruments >= policy.min_instruments
            and windows.decline_rate >= policy.min_decline_rate
        )
        or (
            windows.bin_attempts >= policy.min_bin_attempts
            and windows.bin_enumeration_ratio >= policy.min_bin_enumeration_ratio
            and windows.bin_decline_rate >= policy.min_bin_decline_rate
        )
),

stretches as (
    {{ merged_windows('tested', tie='payment_id') }}
),

int_enumerated_attempts as (
    select distinct
        payments.payment_id,
        payments.scheme,
        cast(payments.attempted_at as date) as activity_date,
        stretches.night
    from stretches
    inner join attempts
        on
            stretches.entity_type = attempts.source_type
            and stretches.entity_id = attempts.source_id
            and stretches.night >= attempts.night
            and stretches.first_event_at <= attempts.attempted_at
            and stretches.last_event_at >= attempts.attempted_at
    inner join payments on attempts.payment_id = payments.payment_id
    where attempts.result in ('approved', 'declined')
)

select * from int_enumerated_attempts
