-- What card schemes count, as it became known: one row per payment, stage, measure,
-- date and night. A dispute that an alert settled or past evidence won is taken back on
-- the night that says so.
with payments as (
    select
        payment_id,
        scheme,
        kind,
        three_ds,
        result = 'approved' as is_approved,
        cast(coalesce(settled_at, attempted_at) as date) as activity_date,
        night,
        night as first_night
    from {{ ref('stg_payment_attempts') }}
    where
        {{ in_range('night') }}
        and scheme is not null
        and result in ('approved', 'declined')
),

enumerated as (
    select
        payment_id,
        scheme,
        activity_date,
        min(night) as night,
        min(night) as first_night
    from {{ ref('int_enumerated_attempts') }}
    where
        night <= {{ to_night() }}
        and {{ touched('payment_id', ref('int_enumerated_attempts')) }}
    group by payment_id, scheme, activity_date
),

reports as (
    select
        payment_id,
        scheme,
        cast(reported_at as date) as activity_date,
        night,
        night as first_night
    from {{ ref('stg_issuer_fraud_reports') }}
    where {{ in_range('night') }}
),

resolutions as (
    select
        dispute_id,
        min(night) as night
    from {{ ref('stg_dispute_events') }}
    where
        resolution is not null
        and night <= {{ to_night() }}
        and {{ touched('dispute_id', ref('stg_dispute_events')) }}
    group by dispute_id
),

cases as (
    select * from {{ ref('int_scheme_chargebacks') }}
    where
        night <= {{ to_night() }}
        and {{ touched('dispute_id', ref('stg_dispute_events')) }}
),

chargebacks as (
    select
        cases.* exclude (received_on),
        cases.received_on as activity_date,
        cases.night as first_night,
        case
            when resolutions.night is not null
                then greatest(cases.night, resolutions.night)
        end as resolved_on
    from cases
    left join resolutions on cases.dispute_id = resolutions.dispute_id
),

{%- set counted = [
    ('payments', 'settled_payments', '1', 'night', "is_approved and kind = 'capture'"),
    ('payments', 'attempted_authorisations', '1', 'night',
        "kind in ('authorisation', 'verification')"),
    ('enumerated', 'enumerated_authorisations', '1', 'night', 'true'),
    ('payments', 'authorisations', '1', 'night',
        "is_approved and kind = 'authorisation'"),
    ('payments', 'authenticated', '1', 'night',
        "is_approved and kind = 'authorisation' and three_ds = 'authenticated'"),
    ('reports', 'fraud_reports', '1', 'night', 'true'),
    ('chargebacks', 'chargebacks', '1', 'night', 'true'),
    ('chargebacks', 'fraud_chargebacks', '1', 'night', 'is_fraud'),
    ('chargebacks', 'fraud_chargebacks_usd', 'amount_usd', 'night',
        'is_fraud and amount_usd is not null'),
    ('chargebacks', 'unvalued_fraud_chargebacks', '1', 'night',
        'is_fraud and amount_usd is null'),
    ('chargebacks', 'disputes', '1', 'night', 'true'),
    ('chargebacks', 'disputes', '-1', 'resolved_on', 'resolved_on is not null'),
    ('chargebacks', 'other_disputes', '1', 'night', 'not is_fraud'),
    ('chargebacks', 'other_disputes', '-1', 'resolved_on',
        'not is_fraud and resolved_on is not null'),
] %}
int_scheme_facts as (
    {%- for relation, measure, amount, known_on, condition in counted %}
        {{ 'union all' if not loop.first }}
        select
            payment_id,
            scheme,
            '{{ measure }}' as measure,
            cast({{ amount }} as decimal(18, 2)) as amount,
            activity_date,
            {{ known_on }} as night,
            first_night
        from {{ relation }}
        where {{ in_range(known_on) }} and {{ condition }}
    {%- endfor %}
)

select * from int_scheme_facts
