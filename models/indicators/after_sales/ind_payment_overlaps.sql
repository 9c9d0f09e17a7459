-- Grain: one row per disputed capture and night on which something about it arrived,
-- and on each of the 30 nights after its refunds and chargebacks came to exceed it: an
-- overlap the issuer has not undone by then stands.
with touched as (
    select distinct payment_id
    from {{ ref('int_disputed_payments') }}
    where night between {{ from_night() }} - 30 and {{ to_night() }}
),

states as (
    {{ periods(ref('int_disputed_payments'), 'payment_id', within='touched') }}
),

order_states as (
    {{ periods(ref('int_order_positions'), 'order_id', within='states') }}
),

starts as (
    select
        *,
        double_dip_minor > 0 and lag(double_dip_minor, 1, 0) over (
            partition by payment_id order by night
        ) = 0 as is_overlap_start
    from states
),

dated as (
    select
        *,
        case
            when double_dip_minor > 0
                then max(case when is_overlap_start then night end) over (
                        partition by payment_id order by night
                    )
        end as overlap_since
    from starts
),

lasting as (
    select
        *,
        case
            when double_dip_minor = 0 then night
            else greatest(night, least(
                    coalesce(until_night - 1, {{ to_night() }}),
                    overlap_since + 30,
                    {{ to_night() }}
                ))
        end as last_night
    from dated
),

-- a state holds until the next change; an open overlap is looked at again every night
nights as (
    select
        * exclude (night),
        cast(last_event_at as date) as rate_for,
        cast(
            unnest(generate_series(night, last_night, interval 1 day)) as date
        ) as night
    from lasting
),

looked_at as (
    select * from nights
    where {{ in_range('night') }}
),

rates as (
    {{ known_rates('looked_at') }}
),

ind_payment_overlaps as (
    select
        'payment' as entity_type,
        looked_at.payment_id as entity_id,
        looked_at.order_id,
        order_states.region,
        order_states.business_line,
        looked_at.currency,
        case
            when looked_at.is_mixed_currency then 'mixed_currency'
            when looked_at.double_dip_minor > 0 and rates.usd_per_unit is null
                then 'no_fx'
        end as missing_input,
        cast(looked_at.night - cast(looked_at.captured_at as date) as integer)
            as history_days,
        looked_at.captured_minor,
        looked_at.refunded_minor,
        looked_at.charged_back_minor,
        looked_at.double_dip_minor,
        cast(coalesce(looked_at.night - looked_at.overlap_since, 0) as integer)
            as overlap_days,
        cast(looked_at.gap_days as integer) as gap_days,
        case
            when looked_at.double_dip_minor = 0 then 0
            else {{ amount_in_usd(
                'looked_at.double_dip_minor', 'rates.usd_per_unit', 'currencies.exponent'
            ) }}
        end as double_dip_usd,
        looked_at.night,
        looked_at.first_event_at,
        looked_at.last_event_at
    from looked_at
    left join {{ ref('ref_currencies') }} as currencies
        on looked_at.currency = currencies.currency
    left join rates
        on
            looked_at.currency = rates.currency
            and looked_at.rate_for = rates.rate_for
            and looked_at.night = rates.night
    left join order_states
        on
            looked_at.order_id = order_states.order_id
            and looked_at.night >= order_states.night
            and looked_at.night < coalesce(order_states.until_night, date '9999-12-31')
)

select * from ind_payment_overlaps
