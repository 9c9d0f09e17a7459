{{ config(materialized="view") }}

-- Grain: one row per seller, night and detection of arranged trade that named it.
{%- set detections = ['det_ghost_logistics', 'det_brushing_block'] %}
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

int_arranged_trade_fires as (
    select distinct
        substr(object, 8) as seller_id,
        detection_id,
        night
    from fires
    where object like 'seller:%'
)

select * from int_arranged_trade_fires
