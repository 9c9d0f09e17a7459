-- What each label says of the cause of a loss, and who gave it: analysts, issuers,
-- schemes. A scenario that is no cause of loss has none. One row per label and night on
-- which its current version changed.
with dispositions as (
    select *
    from {{ ref('stg_case_dispositions') }}
    where
        night <= {{ to_night() }}
        and {{ touched('disposition_id', ref('stg_case_dispositions')) }}
),

versions as (
    {{ became_current('dispositions', ['disposition_id']) }}
),

causes as (
    select * from {{ ref('ref_label_causes') }}
),

verdicts as (
    select
        'disposition:' || versions.disposition_id as label_id,
        case
            when versions.order_item_id is not null then 'order_item'
            else versions.target_type
        end as target_type,
        coalesce(versions.order_item_id, versions.target_id) as target_id,
        causes.loss_type,
        case
            when versions.label_source in ('analyst', 'appeal', 'random_sample')
                then 1
            else 2
        end as authority,
        case
            when versions.disposition in ('confirmed_fraud', 'confirmed_abuse')
                then true
            when versions.disposition = 'not_fraud' then false
        end as is_confirmed,
        versions.labelled_at,
        versions.night
    from versions
    left join causes on versions.scenario = causes.scenario
),

reports as (
    select
        'issuer report:' || report_id as label_id,
        'payment' as target_type,
        payment_id as target_id,
        'payment_fraud' as loss_type,
        2 as authority,
        true as is_confirmed,
        reported_at as labelled_at,
        night
    from {{ ref('stg_issuer_fraud_reports') }}
),

disputes as (
    select *
    from {{ ref('stg_dispute_events') }}
    where
        night <= {{ to_night() }}
        and {{ touched('dispute_id', ref('stg_dispute_events')) }}
),

dispute_nights as (
    select distinct
        dispute_id,
        night
    from disputes
),

-- a chargeback for fraud counts until the dispute is won or withdrawn
chargebacks as (
    select
        'dispute:' || nights.dispute_id as label_id,
        'payment' as target_type,
        min(disputes.payment_id) as target_id,
        'payment_fraud' as loss_type,
        2 as authority,
        case
            when
                bool_or(
                    disputes.stage = 'chargeback' and disputes.reason_group = 'fraud'
                )
                and max_by(disputes.stage, disputes.stage_seq)
                not in ('won', 'withdrawn')
                then true
        end as is_confirmed,
        min(disputes.occurred_at) as labelled_at,
        nights.night
    from dispute_nights as nights
    inner join disputes
        on nights.dispute_id = disputes.dispute_id and nights.night >= disputes.night
    group by nights.dispute_id, nights.night
),

labels as (
    select * from verdicts
    union all
    select * from reports
    union all
    select * from chargebacks
),

int_label_versions as (
    select *
    from labels
    where {{ in_range('night') }}
)

select * from int_label_versions
