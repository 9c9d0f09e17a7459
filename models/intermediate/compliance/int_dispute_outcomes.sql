{{ config(materialized='view') }}

-- Chargebacks by how they stand: the most that was taken, what of it came back for good
-- and whether the case is decided. One row per dispute that became a chargeback.
with events as (
    select
        *,
        -sum(cash_effect_minor) over (
            partition by dispute_id order by stage_seq
        ) as out_minor
    from {{ ref('stg_dispute_events') }}
),

disputes as (
    select
        dispute_id,
        min_by(payment_id, stage_seq) as payment_id,
        min_by(scheme, stage_seq) as scheme,
        min_by(currency, stage_seq) as currency,
        min_by(reason_group, stage_seq) filter (where stage = 'chargeback')
            as reason_group,
        max_by(stage, stage_seq) as last_stage,
        count(*) filter (where stage = 'representment') > 0 as is_contested,
        greatest(max(out_minor), 0) as received_minor,
        greatest(max(out_minor), 0) - greatest(max_by(out_minor, stage_seq), 0)
            as returned_minor,
        min(night) as night,
        min(cast(occurred_at as date)) filter (where stage = 'chargeback')
            as received_on,
        min(cast(occurred_at as date)) filter (where stage = 'chargeback')
            as rate_for
    from events
    group by dispute_id
    having count(*) filter (where stage = 'chargeback') > 0
),

rates as (
    {{ known_rates('disputes') }}
),

payments as (
    select
        payment_id,
        order_id,
        scheme
    from {{ ref('stg_payment_attempts') }}
),

int_dispute_outcomes as (
    select
        disputes.dispute_id,
        coalesce(disputes.scheme, payments.scheme, 'unknown') as scheme,
        coalesce(orders.region, 'unknown') as region,
        coalesce(disputes.reason_group, 'unknown') as reason_group,
        case
            when disputes.last_stage in ('lost', 'accepted') then 'lost'
            when disputes.last_stage in ('won', 'withdrawn') then 'won'
            else 'open'
        end as outcome,
        disputes.is_contested,
        {{ amount_in_usd(
            'disputes.received_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as received_usd,
        {{ amount_in_usd(
            'disputes.returned_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as returned_usd,
        disputes.received_on
    from disputes
    left join payments on disputes.payment_id = payments.payment_id
    left join {{ ref('fct_orders') }} as orders on payments.order_id = orders.order_id
    left join {{ ref('ref_currencies') }} as currencies
        on disputes.currency = currencies.currency
    left join rates
        on
            disputes.currency = rates.currency
            and disputes.rate_for = rates.rate_for
            and disputes.night = rates.night
)

select * from int_dispute_outcomes
