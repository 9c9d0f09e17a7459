-- Grain: one row per session and night that fired: someone declined again and again
-- finds the amount or the authentication that lets a payment through.
with approvals as (
    select * from {{ ref('ind_session_approvals') }}
    where {{ in_range('night') }} and missing_input is null
),

attempts as (
    select * from {{ ref('int_payment_attempts') }}
    where kind = 'authorisation'
),

policy as (
    {{ policy_in_force('TXN-05', [
        'min_history_days', 'min_declines', 'min_instruments', 'max_amount_ratio',
    ]) }}
),

fired as (
    select
        approvals.*,
        policy.* exclude (policy.region, policy.business_line),
        case
            when approvals.amount_ratio <= policy.max_amount_ratio then 'lower_amount'
            when approvals.is_three_ds_downgraded then 'weaker_authentication'
        end as reason_code
    from approvals
    inner join policy on {{ policy_applies('approvals') }}
    where
        approvals.history_days >= policy.min_history_days
        and approvals.declines >= policy.min_declines
        and approvals.instruments >= policy.min_instruments
        and (
            coalesce(approvals.amount_ratio <= policy.max_amount_ratio, false)
            or approvals.is_three_ds_downgraded
        )
),

stretches as (
    {{ merged_windows('fired', tie='payment_id') }}
),

payments as (
    select
        stretches.entity_id,
        stretches.night,
        list('payment:' || attempts.payment_id order by attempts.payment_id) as objects,
        min(attempts.attempted_at) as first_event_at,
        max(attempts.attempted_at) as last_event_at
    from stretches
    inner join attempts
        on
            stretches.entity_id = attempts.session_id
            and stretches.night >= attempts.night
            and stretches.first_event_at <= attempts.attempted_at
            and stretches.last_event_at >= attempts.attempted_at
    group by stretches.entity_id, stretches.night
),

stakes as (
    select
        entity_id,
        night,
        {{ sum_if_all_known('amount_usd', 'true') }} as amount_at_stake_usd
    from fired
    group by entity_id, night
),

-- the approval after the most declines speaks for the night; of several, the latest
judged as (
    select
        fired.* exclude (fired.first_event_at, fired.last_event_at),
        payments.objects as evidence_objects,
        stakes.amount_at_stake_usd,
        payments.first_event_at,
        payments.last_event_at
    from fired
    inner join payments
        on fired.entity_id = payments.entity_id and fired.night = payments.night
    inner join stakes
        on fired.entity_id = stakes.entity_id and fired.night = stakes.night
    qualify
        row_number() over (
            partition by fired.entity_id, fired.night
            order by fired.declines desc, fired.last_event_at desc, fired.payment_id asc
        ) = 1
),

det_threshold_probing as (
    {{ detection_fires('judged', 'TXN-05', evidence={
        'declines': 'min_declines', 'instruments': 'min_instruments',
        'amount_ratio': 'max_amount_ratio', 'is_three_ds_downgraded': none,
    }) }}
)

select * from det_threshold_probing
