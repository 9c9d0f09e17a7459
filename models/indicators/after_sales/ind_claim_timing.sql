-- Grain: one row per claim and night on which something about it changed: how long
-- after the delivery it came, and where in the region's return window that is.
with claims as (
    select
        *,
        date_diff('second', delivered_at, requested_at) as lag_s
    from {{ ref('int_return_claims') }}
    where {{ in_range('night') }}
),

ind_claim_timing as (
    select
        'return' as entity_type,
        claims.return_id as entity_id,
        claims.order_id,
        claims.buyer_user_id,
        claims.seller_id,
        claims.region,
        claims.business_line,
        case when claims.lag_s is null then 'no_delivery' end as missing_input,
        claims.reason,
        cast(claims.night - cast(claims.requested_at as date) as integer)
            as history_days,
        cast(cast(claims.lag_s as double) / 3600 as decimal(12, 4)) as claim_lag_h,
        -- the window of most regions, where a region is not known
        cast(case
            when claims.lag_s is not null
                then least(greatest(
                        cast(claims.lag_s as double)
                        / (coalesce(regions.return_window_days, 30) * 86400),
                        0
                    ), 1)
        end as decimal(9, 6)) as window_position,
        claims.night,
        claims.delivered_at,
        claims.requested_at
    from claims
    left join {{ ref('ref_regions') }} as regions on claims.region = regions.region
)

select * from ind_claim_timing
