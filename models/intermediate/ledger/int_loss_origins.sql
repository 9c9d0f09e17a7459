-- What a recovery can make good: refunds, and disputes from the first closing stage
-- that was lost. One row per refund or lost dispute, on the night it became known.
with refunds as (
    select * from {{ ref('stg_refunds') }}
    where {{ in_range('night') }}
),

closings as (
    select
        *,
        dispute_id || ':' || stage_seq as stage_id
    from {{ ref('stg_dispute_events') }}
    where
        stage in ('lost', 'accepted')
        and night <= {{ to_night() }}
        and {{ touched('dispute_id', ref('stg_dispute_events')) }}
),

first_closings as (
    select *
    from closings
    qualify row_number() over (partition by dispute_id order by night, stage_seq) = 1
),

int_loss_origins as (
    select
        'refund:' || refund_id as origin_key,
        {{ fact_id('refunds', 'refund_id', 'refund') }} as origin_fact_id,
        funded_by,
        order_item_id,
        payment_id,
        night
    from refunds
    union all
    select
        'dispute:' || dispute_id as origin_key,
        {{ fact_id('dispute_events', 'stage_id', 'close') }} as origin_fact_id,
        coalesce(liable_party, 'platform') as funded_by,
        cast(null as varchar) as order_item_id,
        payment_id,
        night
    from first_closings
    where {{ in_range('night') }}
)

select * from int_loss_origins
