-- Grain: one row per campaign of a listing and night on which what is known of it
-- changed: from when to when it runs.
with versions as (
    select * from {{ ref('stg_promotions') }}
    where
        night <= {{ to_night() }}
        and sku_id is not null
        and {{ touched('promotion_id', ref('stg_promotions')) }}
),

states as (
    {{ became_current('versions', ['promotion_id']) }}
),

int_campaign_windows as (
    select
        promotion_id,
        sku_id,
        night,
        starts_at,
        ends_at
    from states
    where {{ in_range('night') }}
)

select * from int_campaign_windows
