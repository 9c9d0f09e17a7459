{{ config(materialized="view") }}

-- Grain: one row per order item of a limited listing and state of its campaign: the
-- nights on which it counts against the limit. The limit holds within the campaign, and
-- for 30 days more; a campaign without an end, and none at all, gives 30 days.
with sales as (
    select * from {{ ref('int_limited_sales') }}
),

campaigns as (
    select
        *,
        lead(night) over (partition by promotion_id order by night) as until_night
    from {{ ref('int_campaign_windows') }}
),

counted as (
    select
        sales.*,
        greatest(sales.night, campaigns.night) as counted_from,
        least(
            greatest(sales.placed_on, cast(campaigns.ends_at as date)) + 30,
            campaigns.until_night
        ) as counted_until
    from sales
    left join campaigns on sales.promotion_id = campaigns.promotion_id
),

int_quota_windows as (
    select * from counted
    where counted_from < counted_until
)

select * from int_quota_windows
