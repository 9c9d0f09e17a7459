-- Grain: one row per parcel to a buyer that is the only one of its order, on the night
-- the carrier's weight could be compared with what its goods weigh as listed. Digital
-- goods weigh nothing and are left out. What is known 28 days after the label or later
-- is left out too: no window holds it.
with all_shipments as (
    select * from {{ ref('stg_shipments') }}
    where
        night <= {{ to_night() }}
        and direction = 'outbound'
        and label_created_at >= {{ from_night() }} - 28
),

weighed as (
    select * from all_shipments
    where carrier_weight_g is not null
    qualify row_number() over (
            partition by shipment_id order by night asc, record_seq desc
        ) = 1
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

packed as (
    select
        weighed.*,
        sales.region,
        sales.business_line,
        sales.weight_g * sales.quantity as item_weight_g,
        sales.night as sold_on,
        greatest(weighed.night, min(sales.night) over (
            partition by weighed.shipment_id
        )) as known_on
    from weighed
    inner join sales on weighed.order_id = sales.order_id
),

known as (
    select
        shipment_id,
        order_id,
        seller_id,
        carrier_weight_g,
        sum(item_weight_g) as listed_weight_g,
        min(region) as region,
        min(business_line) as business_line,
        cast(label_created_at as date) as label_on,
        known_on as night,
        label_created_at
    from packed
    where known_on >= sold_on
    group by all
    having sum(item_weight_g) > 0 and count(item_weight_g) = count(*)
),

policy as (
    {{ policy_in_force('COL-03', ['max_weight_ratio']) }}
),

judged as (
    select known.*
    from known
    anti join all_shipments as others
        on
            known.order_id = others.order_id
            and known.shipment_id != others.shipment_id
            and known.night >= others.night
            and known.night - 28 < cast(others.label_created_at as date)
    where {{ in_range('known.night') }} and known.night < known.label_on + 28
),

int_parcel_weights as (
    select
        judged.shipment_id,
        judged.order_id,
        judged.seller_id,
        judged.carrier_weight_g,
        cast(judged.listed_weight_g as bigint) as listed_weight_g,
        judged.carrier_weight_g < policy.max_weight_ratio * judged.listed_weight_g
            as is_light,
        judged.label_on,
        judged.night,
        judged.label_created_at
    from judged
    inner join policy on {{ policy_applies('judged') }}
)

select * from int_parcel_weights
