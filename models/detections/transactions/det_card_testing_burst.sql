-- Grain: one row per source of payments and night that fired: stolen cards tried out in
-- bulk from one device, one network or one card range on a carrier.
with windows as (
    select * from {{ ref('ind_payment_source_bursts') }}
    where {{ in_range('night') }} and missing_input is null
),

attempts as (
    select * from {{ ref('int_payment_source_attempts') }}
),

policy as (
    {{ policy_in_force('TXN-01', [
        'min_history_days', 'min_attempts', 'min_instruments', 'min_decline_rate',
        'min_surprise', 'min_usual_attempts', 'min_bin_attempts',
        'min_bin_enumeration_ratio', 'min_bin_decline_rate', 'fee_per_approval_usd',
    ]) }}
),

candidates as (
    select
        windows.*,
        policy.* exclude (policy.region, policy.business_line),
        greatest(
            windows.usual_attempts_per_hour, policy.min_usual_attempts
        ) as expected,
        case
            when windows.attempts >= policy.min_attempts
                and windows.instruments >= policy.min_instruments
                and windows.decline_rate >= policy.min_decline_rate
                then 'burst'
            when windows.bin_attempts >= policy.min_bin_attempts
                and windows.bin_enumeration_ratio >= policy.min_bin_enumeration_ratio
                and windows.bin_decline_rate >= policy.min_bin_decline_rate
                then 'card_enumeration'
        end as reason_code
    from windows
    inner join policy on {{ policy_applies('windows') }}
    where windows.history_days >= policy.min_history_days
),

suspects as (
    select
        candidates.*,
        {{ poisson_surprise('candidates.attempts', 'candidates.expected') }} as surprise
    from candidates
    anti join {{ ref('int_payment_outages') }} as outages
        on
            date_trunc('hour', candidates.last_event_at) = outages.hour_at
            and candidates.night = outages.night
    where candidates.reason_code is not null
),

fired as (
    select * from suspects
    where surprise >= min_surprise
),

-- windows overlap: each payment in them counts once
stretches as (
    {{ merged_windows('fired', tie='payment_id') }}
),

payments as (
    select
        stretches.entity_type,
        stretches.entity_id,
        stretches.night,
        list('payment:' || attempts.payment_id order by attempts.payment_id) as objects,
        count(*) filter (where attempts.result = 'approved') as approvals,
        {{ sum_if_all_known(
            'attempts.amount_usd', "attempts.result = 'approved'"
        ) }} as approved_usd,
        min(attempts.attempted_at) as first_event_at,
        max(attempts.attempted_at) as last_event_at
    from stretches
    inner join attempts
        on
            stretches.entity_type = attempts.source_type
            and stretches.entity_id = attempts.source_id
            and stretches.night >= attempts.night
            and stretches.first_event_at <= attempts.attempted_at
            and stretches.last_event_at >= attempts.attempted_at
    group by stretches.entity_type, stretches.entity_id, stretches.night
),

-- the most surprising window speaks for the night; of windows alike, the latest
judged as (
    select
        fired.* exclude (fired.first_event_at, fired.last_event_at),
        payments.objects as evidence_objects,
        payments.approved_usd
        + payments.approvals * fired.fee_per_approval_usd as amount_at_stake_usd,
        payments.first_event_at,
        payments.last_event_at
    from fired
    inner join payments
        on
            fired.entity_type = payments.entity_type
            and fired.entity_id = payments.entity_id
            and fired.night = payments.night
    qualify
        row_number() over (
            partition by fired.entity_type, fired.entity_id, fired.night
            order by fired.surprise desc, fired.last_event_at desc, fired.payment_id asc
        ) = 1
),

det_card_testing_burst as (
    {{ detection_fires('judged', 'TXN-01', evidence={
        'attempts': 'min_attempts', 'expected': none, 'surprise': 'min_surprise',
        'instruments': 'min_instruments', 'decline_rate': 'min_decline_rate',
        'bin_attempts': 'min_bin_attempts', 'bin_decline_rate': 'min_bin_decline_rate',
        'bin_enumeration_ratio': 'min_bin_enumeration_ratio', 'card_bin6': none,
        'platform_failed_share_z': none,
    }) }}
)

select * from det_card_testing_burst
