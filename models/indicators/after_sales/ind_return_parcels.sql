-- Grain: one row per claim whose goods are to come back and night on which something
-- about it changed, and every night for 30 nights after its parcel was delivered while
-- the warehouse has not received it: what was paid out and what came back.
with touched as (
    select distinct return_id
    from {{ ref('int_return_checks') }}
    where night between {{ from_night() }} - 30 and {{ to_night() }}
),

states as (
    {{ periods(ref('int_return_checks'), 'return_id', within='touched') }}
),

waiting as (
    select
        *,
        case
            when
                return_delivered_at is not null
                and warehouse_received_at is null
                and coalesce(inspection, 'not_received') = 'not_received'
                then greatest(
                        cast(return_delivered_at as date),
                        min(night) filter (where return_delivered_at is not null) over (
                            partition by return_id
                        )
                    )
        end as unreceived_since
    from states
),

-- a state holds until the next change; a parcel nobody received is looked at again
nights as (
    select
        * exclude (night),
        cast(unnest(generate_series(
            night,
            case
                when unreceived_since is null then night
                else greatest(night, least(
                        coalesce(until_night - 1, {{ to_night() }}),
                        unreceived_since + 30,
                        {{ to_night() }}
                    ))
            end,
            interval 1 day
        )) as date) as night
    from waiting
),

looked_at as (
    select * from nights
    where {{ in_range('night') }}
),

ind_return_parcels as (
    select
        'return' as entity_type,
        return_id as entity_id,
        order_id,
        buyer_user_id,
        seller_id,
        return_shipment_id,
        region,
        business_line,
        case
            when refunds = 0 and claimed_usd is null or unpriced_refunds > 0
                then 'no_fx'
        end as missing_input,
        reason,
        inspection,
        cast(night - cast(requested_at as date) as integer) as history_days,
        cast(night - unreceived_since as integer) as unreceived_days,
        return_weight_g,
        expected_weight_g,
        cast(
            cast(return_weight_g as double) / nullif(expected_weight_g, 0)
            as decimal(12, 4)
        ) as return_weight_ratio,
        refunds > 0
        or coalesce(decision = 'approve', false)
        or decision is null and return_delivered_at is not null as is_payable,
        coalesce(inspection in ('ok', 'used'), false) as has_goods,
        coalesce(
            inspection = 'wrong_item' and reason != 'wrong_item'
            or inspection = 'empty'
            and reason not in ('empty_box', 'missing_item', 'not_received'),
            false
        ) as is_without_goods,
        coalesce(delivered_postcode != ship_to_postcode, false) as is_elsewhere,
        refunded_usd,
        case when refunds > 0 then refunded_usd else claimed_usd end as claimed_usd,
        case when warehouse_received_at is null then refunded_usd else 0 end
            as unreceived_refund_usd,
        night,
        requested_at as first_event_at,
        greatest(requested_at, return_delivered_at, warehouse_received_at)
            as last_event_at
    from looked_at
)

select * from ind_return_parcels
