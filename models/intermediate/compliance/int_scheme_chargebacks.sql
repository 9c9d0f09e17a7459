-- The first chargeback of each dispute, in US dollars at the rate of its day. One row
-- per dispute that was charged back, on the night the chargeback arrived.
with events as (
    select
        *,
        cast(occurred_at as date) as rate_for
    from {{ ref('stg_dispute_events') }}
    where
        stage = 'chargeback'
        and night <= {{ to_night() }}
        and {{ touched('dispute_id', ref('stg_dispute_events')) }}
),

chargebacks as (
    select * from events
    qualify
        row_number() over (partition by dispute_id order by night, stage_seq) = 1
),

rates as (
    {{ known_rates('chargebacks') }}
),

int_scheme_chargebacks as (
    select
        chargebacks.dispute_id,
        chargebacks.payment_id,
        chargebacks.scheme,
        coalesce(chargebacks.reason_group = 'fraud', false) as is_fraud,
        {{ amount_in_usd(
            '-chargebacks.cash_effect_minor', 'rates.usd_per_unit',
            'currencies.exponent'
        ) }} as amount_usd,
        chargebacks.rate_for as received_on,
        chargebacks.night
    from chargebacks
    left join {{ ref('ref_currencies') }} as currencies
        on chargebacks.currency = currencies.currency
    left join rates
        on
            chargebacks.currency = rates.currency
            and chargebacks.rate_for = rates.rate_for
            and chargebacks.night = rates.night
    where {{ in_range('chargebacks.night') }}
)

select * from int_scheme_chargebacks
