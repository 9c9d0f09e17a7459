-- Grain: one row per group of claims with the same text or picture and baseline night:
-- how many people are behind it, how alike their timing is, and how dear the goods.
with claims as (
    select * from {{ ref('int_claim_groups') }}
    where {{ in_range('night') }}
),

counted as (
    select
        group_id,
        min_by(region, (requested_at, return_id)) as region,
        min_by(business_line, (requested_at, return_id)) as business_line,
        min(reason) as reason,
        count(*) as claims_14d,
        count(distinct cluster_id) as people_14d,
        count(*) filter (where is_picture_shared) as shared_pictures_14d,
        count(lag_s) as known_lags,
        cast(sum(lag_s) as decimal(38, 0)) as lag_sum,
        cast(sum(cast(lag_s as decimal(18, 0)) * lag_s) as decimal(38, 0))
            as lag_square_sum,
        quantile_disc(price_ratio, 0.5) as median_price_ratio,
        {{ sum_if_all_known('claimed_usd', 'is_open') }} as open_claims_usd,
        list_slice(list_sort(list_distinct(flatten(list([
            'return:' || return_id,
            'order:' || order_id,
            'user:' || buyer_user_id,
            'seller:' || seller_id
        ])))), 1, 200) as evidence_objects,
        night,
        min(requested_at) as first_event_at,
        max(requested_at) as last_event_at
    from claims
    group by group_id, night
),

ind_claim_groups as (
    select
        'claim_group' as entity_type,
        group_id as entity_id,
        region,
        business_line,
        reason,
        case
            when median_price_ratio is null then 'no_baseline'
            when open_claims_usd is null then 'no_fx'
        end as missing_input,
        cast(night - cast(first_event_at as date) as integer) as history_days,
        claims_14d,
        people_14d,
        shared_pictures_14d,
        known_lags,
        cast(case
            when known_lags > 1
                then sqrt(greatest(
                        cast(lag_square_sum as double)
                        - cast(lag_sum as double) * cast(lag_sum as double)
                        / known_lags,
                        0
                    ) / (known_lags - 1)) / 3600
        end as decimal(12, 4)) as lag_spread_h,
        median_price_ratio,
        open_claims_usd,
        evidence_objects,
        night,
        first_event_at,
        last_event_at
    from counted
)

select * from ind_claim_groups
