-- Grain: one row per dispute that calls a payment fraud and night judged: how many
-- undisputed earlier payments of the card match it (TX12), whether the goods provably
-- reached the payer, and how often the platform won such disputes in the year before.
with disputes as (
    select
        *,
        cast(opened_at as date) as rate_for
    from {{ ref('int_fraud_disputes') }}
    where {{ in_range('night') }}
),

orders as (
    select * from {{ ref('int_dispute_orders') }}
    where {{ in_range('night') }}
),

priors as (
    select
        dispute_id,
        night,
        count(*) as prior_payments,
        count(*) filter (where is_match) as ce3_matches,
        bool_or(is_match and is_same_door) as is_same_door,
        list(prior_payment_id order by prior_payment_id) filter (where is_match)
            as prior_payment_ids
    from {{ ref('int_dispute_priors') }}
    where {{ in_range('night') }}
    group by dispute_id, night
),

closings as (
    select * from {{ ref('int_dispute_closings') }}
    where night <= {{ to_night() }}
),

nights as (
    select distinct night from disputes
),

win_rates as (
    select
        nights.night,
        count(*) as closed_365d,
        cast(
            count(*) filter (where closings.outcome = 'won') / count(*)
            as decimal(9, 6)
        ) as win_rate_365d
    from nights
    inner join closings
        on nights.night >= closings.night and nights.night - 365 < closings.night
    group by nights.night
),

currencies as (
    select * from {{ ref('ref_currencies') }}
),

rates as (
    {{ known_rates('disputes') }}
),

ind_dispute_matches as (
    select
        'dispute' as entity_type,
        disputes.dispute_id as entity_id,
        disputes.payment_id,
        disputes.order_id,
        orders.buyer_user_id,
        orders.seller_id,
        orders.region,
        orders.business_line,
        case
            when disputes.paid_at is null then 'no_capture'
            when disputes.instrument_fingerprint is null then 'no_instrument'
        end as missing_input,
        disputes.stage,
        0 as history_days,
        coalesce(priors.prior_payment_ids, []) as prior_payment_ids,
        coalesce(priors.prior_payments, 0) as prior_payments,
        coalesce(priors.ce3_matches, 0) as ce3_matches,
        orders.takeover_gap_days,
        coalesce(win_rates.closed_365d, 0) as closed_365d,
        win_rates.win_rate_365d,
        {{ amount_in_usd(
            'disputes.disputed_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as disputed_usd,
        coalesce(orders.has_proof, false) as has_proof,
        coalesce(priors.is_same_door, false) as is_same_door,
        disputes.stage not in ('won', 'lost', 'accepted', 'withdrawn') as is_open,
        disputes.night,
        coalesce(disputes.paid_at, disputes.opened_at) as first_event_at,
        disputes.last_event_at
    from disputes
    left join orders using (dispute_id, night)
    left join priors using (dispute_id, night)
    left join win_rates on disputes.night = win_rates.night
    left join currencies on disputes.currency = currencies.currency
    left join rates
        on
            disputes.currency = rates.currency
            and disputes.rate_for = rates.rate_for
            and disputes.night = rates.night
)

select * from ind_dispute_matches
