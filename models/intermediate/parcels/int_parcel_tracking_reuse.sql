-- Grain: one row per parcel whose tracking number is also on a parcel to another
-- postcode, labelled within 60 days of it, on the night both were known. What is known
-- 28 days after the label or later is left out: no window holds it.
with tracked as (
    select
        shipment_id,
        order_id,
        seller_id,
        tracking_number_hash,
        {{ normalise_code('ship_to_postcode') }} as ship_to_postcode,
        label_created_at,
        cast(label_created_at as date) as label_on,
        min(night) as night
    from {{ ref('stg_shipments') }}
    where
        night <= {{ to_night() }}
        and direction = 'outbound'
        and tracking_number_hash is not null
        and ship_to_postcode is not null
        and label_created_at >= {{ from_night() }} - 88
    group by all
),

int_parcel_tracking_reuse as (
    select
        one.shipment_id,
        one.order_id,
        one.seller_id,
        one.label_on,
        min(greatest(one.night, other.night)) as night,
        min(one.label_created_at) as label_created_at
    from tracked as one
    inner join tracked as other
        on
            one.tracking_number_hash = other.tracking_number_hash
            and one.ship_to_postcode != other.ship_to_postcode
            and abs(one.label_on - other.label_on) <= 60
    where greatest(one.night, other.night) < one.label_on + 28
    group by one.shipment_id, one.order_id, one.seller_id, one.label_on
    having {{ in_range('min(greatest(one.night, other.night))') }}
)

select * from int_parcel_tracking_reuse
