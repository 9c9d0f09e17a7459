-- Grain: one row per claim whose goods are to come back and night on which the claim or
-- its parcel changed: what the parcel weighs, and what it should weigh, the claimed
-- part of what the order's only parcel weighed on its way out. Null where several
-- parcels or claims are on their way back, or a weight is not known.
with all_claims as (
    select * from {{ ref('int_return_claims') }}
    where night <= {{ to_night() }}
),

moved as (
    select return_id from all_claims
    where
        {{ in_range('night') }}
        or return_shipment_id in (
            select parcels.shipment_id
            from {{ ref('int_return_parcels') }} as parcels
            where {{ in_range('parcels.night') }}
        )
),

claims as (
    {{ periods('all_claims', 'return_id', within='moved') }}
),

wanted as (
    select return_shipment_id as shipment_id from claims
),

parcels as (
    {{ periods(ref('int_return_parcels'), 'shipment_id', within='wanted') }}
),

nights as (
    select return_id, night from claims
    union
    select claims.return_id, parcels.night
    from claims
    inner join parcels on claims.return_shipment_id = parcels.shipment_id
),

states as (
    select
        claims.* exclude (night, until_night),
        parcels.ship_to_postcode,
        parcels.delivered_postcode,
        parcels.return_parcels,
        parcels.weight_g as return_weight_g,
        nights.night,
        parcels.delivered_at as return_delivered_at
    from nights
    inner join claims
        on
            nights.return_id = claims.return_id
            and nights.night >= claims.night
            and nights.night < coalesce(claims.until_night, date '9999-12-31')
    left join parcels
        on
            claims.return_shipment_id = parcels.shipment_id
            and nights.night >= parcels.night
            and nights.night < coalesce(parcels.until_night, date '9999-12-31')
    where
        {{ in_range('nights.night') }}
        and (claims.return_shipment_id is not null or claims.inspection is not null)
),

sent as (
    select * from {{ ref('int_parcel_weights') }}
    where night <= {{ to_night() }}
    qualify row_number() over (partition by order_id order by night, shipment_id) = 1
),

sharing as (
    select
        states.return_id,
        states.night,
        count(distinct others.return_id) as parcel_claims
    from states
    inner join all_claims as others
        on
            states.return_shipment_id = others.return_shipment_id
            and states.night >= others.night
    group by states.return_id, states.night
),

int_return_checks as (
    select
        states.*,
        case
            when states.return_parcels = 1 and sharing.parcel_claims = 1
                then cast(floor(
                        sent.carrier_weight_g * states.unit_weight_g
                        * least(states.quantity, states.sold_quantity)
                        / sent.listed_weight_g
                    ) as bigint)
        end as expected_weight_g
    from states
    left join sent
        on states.order_id = sent.order_id and states.night >= sent.night
    left join sharing
        on states.return_id = sharing.return_id and states.night = sharing.night
)

select * from int_return_checks
