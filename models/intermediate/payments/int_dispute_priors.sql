-- Grain: one row per dispute of int_fraud_disputes, night and earlier payment with the
-- same card that nobody had disputed by then, 120 to 365 days before the dispute was
-- opened, with what both payments have in common (Visa's compelling evidence 3.0).
with disputes as (
    select * from {{ ref('int_fraud_disputes') }}
    where {{ in_range('night') }} and instrument_fingerprint is not null
),

captures as (
    select * from {{ ref('stg_payment_attempts') }}
    where
        night <= {{ to_night() }}
        and kind = 'capture'
        and result = 'approved'
        and instrument_fingerprint in (
            select disputes.instrument_fingerprint from disputes
        )
),

priors as (
    select
        disputes.dispute_id,
        disputes.night,
        disputes.order_id,
        disputes.user_id,
        disputes.device_id,
        disputes.ip_hash,
        captures.payment_id as prior_payment_id,
        captures.order_id as prior_order_id,
        captures.user_id as prior_user_id,
        captures.device_id as prior_device_id,
        captures.ip_hash as prior_ip_hash
    from disputes
    inner join captures
        on
            disputes.instrument_fingerprint = captures.instrument_fingerprint
            and disputes.payment_id != captures.payment_id
            and disputes.night >= captures.night
            and disputes.opened_at - interval 120 days >= captures.attempted_at
            and disputes.opened_at - interval 365 days <= captures.attempted_at
),

complaints as (
    select payment_id, night from {{ ref('stg_dispute_events') }}
    union
    select payment_id, night from {{ ref('stg_issuer_fraud_reports') }}
),

undisputed as (
    select * from priors
    where not exists (
            select 1 from complaints
            where
                complaints.payment_id = priors.prior_payment_id
                and complaints.night <= priors.night
        )
),

doors as (
    select * from {{ ref('int_order_doors') }}
    where night <= {{ to_night() }}
),

compared as (
    select
        undisputed.dispute_id,
        undisputed.prior_payment_id,
        undisputed.prior_order_id,
        coalesce(undisputed.user_id = undisputed.prior_user_id, false) as is_same_user,
        coalesce(doors.door_id = prior_doors.door_id, false) as is_same_door,
        coalesce(undisputed.ip_hash = undisputed.prior_ip_hash, false) as is_same_ip,
        coalesce(undisputed.device_id = undisputed.prior_device_id, false)
            as is_same_device,
        undisputed.night
    from undisputed
    left join doors
        on
            undisputed.order_id = doors.order_id
            and undisputed.night >= doors.night
    left join doors as prior_doors
        on
            undisputed.prior_order_id = prior_doors.order_id
            and undisputed.night >= prior_doors.night
),

int_dispute_priors as (
    select
        *,
        (is_same_ip or is_same_device)
        and cast(is_same_user as integer) + cast(is_same_door as integer)
        + cast(is_same_ip as integer) + cast(is_same_device as integer) >= 2
            as is_match
    from compared
)

select * from int_dispute_priors
