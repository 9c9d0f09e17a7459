-- The ledger lines that recoveries should have, given what is known on a night: one row
-- per key (recovery), night on which it changed, stage and account. A claim is booked
-- against the loss it makes good, then collected or written off. What the seller bore
-- was charged to the seller then: claiming it from the seller is no recovery of ours.
with recoveries as (
    select *
    from {{ ref('stg_recoveries') }}
    where night <= {{ to_night() }} and (stage != 'received' or is_cash)
),

claims as (
    select
        *,
        coalesce('dispute:' || dispute_id, 'refund:' || refund_id) as origin_key,
        case
            when party_type = 'seller' then 'seller'
            when party_type = 'creator' then 'creator'
        end as owed_by
    from recoveries
),

origins as (
    select *
    from {{ ref('int_loss_origins') }}
    where night <= {{ to_night() }} and {{ is_in('origin_key', 'claims') }}
),

arrivals as (
    select
        recovery_id,
        night
    from recoveries
    where {{ in_range('night') }}
    union
    select
        claims.recovery_id,
        origins.night
    from claims
    inner join origins
        on claims.origin_key = origins.origin_key and claims.night <= origins.night
    where {{ in_range('origins.night') }}
),

known as (
    select
        arrivals.night,
        claims.stage,
        claims.party_type,
        claims.party_id,
        claims.currency,
        claims.amount_minor,
        coalesce(claims.order_item_id, origins.order_item_id) as order_item_id,
        origins.payment_id,
        origins.origin_fact_id,
        'recovery:' || claims.recovery_id as ledger_key,
        'recoveries|' || claims.recovery_id || '|' || claims.stage as fact_id,
        cast(null as varchar) as order_id,
        claims.occurred_at as event_at,
        case
            when origins.funded_by = 'carrier' and claims.stage = 'booked'
                then 'carrier_receivable'
            when origins.funded_by = 'seller' and claims.owed_by = 'seller'
                then 'seller_payable'
            when claims.dispute_id is not null then 'loss_payment_fraud'
            when claims.refund_id is not null then 'loss_buyer_protection'
            when claims.owed_by = 'seller' then 'loss_seller_default'
            when claims.source = 'clawback' then 'loss_incentive_abuse'
            else 'loss_buyer_protection'
        end as loss_on,
        case
            when
                not claims.is_cash and claims.owed_by is not null
                then claims.owed_by || '_payable'
            when claims.source = 'insurance' then 'insurer_receivable'
            when claims.source = 'carrier' then 'carrier_receivable'
            when claims.owed_by is not null then claims.owed_by || '_receivable'
            when claims.party_type = 'user' then 'wallet_liability'
            else 'unapplied_cash'
        end as claim_on,
        coalesce(origins.funded_by = 'carrier' and claims.stage = 'written_off', false)
            as is_carrier_loss,
        case claims.stage when 'booked' then 1 else -1 end as direction
    from arrivals
    inner join claims
        on arrivals.recovery_id = claims.recovery_id and arrivals.night >= claims.night
    left join origins
        on claims.origin_key = origins.origin_key and arrivals.night >= origins.night
),

int_ledger_targets_recoveries as (
    {{ ledger_lines('known', [
        dict(account='claim_on', amount='direction * amount_minor', component="'claim'",
            item='order_item_id', keep=true,
            party_type="case when claim_on != 'insurer_receivable' then party_type end",
            party_id="case when claim_on != 'insurer_receivable' then party_id end"),
        dict(account="case when stage = 'received' then 'psp_cash' else loss_on end",
            amount='-direction * amount_minor', item='order_item_id',
            party_type="case when loss_on = 'seller_payable' and stage != 'received' then party_type end",
            party_id="case when loss_on = 'seller_payable' and stage != 'received' then party_id end",
            component="case when is_carrier_loss then 'logistics' else 'principal' end",
            reverses="case when stage != 'received' then origin_fact_id end"),
    ]) }}
)

select * from int_ledger_targets_recoveries
