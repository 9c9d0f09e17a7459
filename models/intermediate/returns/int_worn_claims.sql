-- Grain: one row per claim in a category people wear once and night on which something
-- about it changed: whether the goods were inspected, and whether they came back used,
-- late in the return window.
with claims as (
    select * from {{ ref('int_return_claims') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('RET-06', ['min_window_position']) }}
),

placed as (
    select
        claims.*,
        policy.min_window_position,
        -- the window of most regions, where a region is not known
        coalesce(regions.return_window_days, 30) as window_days
    from claims
    inner join {{ ref('ref_worn_categories') }} as worn_categories
        on claims.category_l1 = worn_categories.category_l1
    inner join policy on {{ policy_applies('claims') }}
    left join {{ ref('ref_regions') }} as regions on claims.region = regions.region
),

int_worn_claims as (
    select
        return_id,
        order_id,
        buyer_user_id,
        seller_id,
        claimed_usd,
        coalesce(
            inspection != 'not_received' and delivered_at is not null, false
        ) as is_inspected,
        coalesce(
            inspection = 'used'
            and date_diff('second', delivered_at, requested_at)
            >= min_window_position * window_days * 86400,
            false
        ) as is_worn,
        night,
        requested_at
    from placed
)

select * from int_worn_claims
