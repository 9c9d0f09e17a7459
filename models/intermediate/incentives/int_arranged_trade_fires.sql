{{ config(materialized="view") }}

-- Grain: one row per seller, night and detection of arranged trade that named it. A
-- quota breach names the listing and the orders: it counts for who sold that listing
-- in them.
{%- set detections = [
    'det_common_control_trade', 'det_brushing_block', 'det_ghost_logistics'
] %}
with fires as (
    {% for detection in detections -%}
        select
            detection_id,
            night,
            unnest(evidence_objects) as object
        from {{ ref(detection) }}
        {{ 'union all' if not loop.last }}
    {% endfor -%}
),

breaches as (
    select
        detection_id,
        entity_id,
        night,
        unnest(evidence_objects) as object
    from {{ ref('det_quota_breach') }}
),

breach_listings as (
    select
        detection_id,
        entity_id,
        night,
        substr(object, 5) as sku_id
    from breaches
    where object like 'sku:%'
),

breach_sales as (
    select
        sales.seller_id,
        breaches.detection_id,
        breaches.night
    from breaches
    inner join breach_listings using (detection_id, entity_id, night)
    inner join {{ ref('int_item_sales') }} as sales
        on
            breaches.object = 'order:' || sales.order_id
            and breach_listings.sku_id = sales.sku_id
            and breaches.night >= sales.night
),

int_arranged_trade_fires as (
    select
        substr(object, 8) as seller_id,
        detection_id,
        night
    from fires
    where object like 'seller:%'
    union
    select
        seller_id,
        detection_id,
        night
    from breach_sales
)

select * from int_arranged_trade_fires
