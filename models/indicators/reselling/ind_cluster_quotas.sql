-- Grain: one row per buyer cluster, limited listing, campaign and night on which an
-- order of it became known or the cluster changed: how many units one person has, over
-- how many accounts, beside what one customer may buy in the campaign (RS01).
with sales as (
    select * from {{ ref('int_quota_windows') }}
    where night <= {{ to_night() }} and counted_until > {{ from_night() }}
),

cancellations as (
    select * from {{ ref('int_order_cancellations') }}
    where night <= {{ to_night() }}
),

members as (
    select
        *,
        coalesce(until_night, date '9999-12-31') as last_before
    from {{ ref('int_cluster_periods') }}
    where party_type = 'user' and night <= {{ to_night() }}
),

moved as (
    select buyer_user_id, sku_id, promotion_id, night from sales
    where {{ in_range('night') }} and night = counted_from
    union
    select sales.buyer_user_id, sales.sku_id, sales.promotion_id, members.night
    from sales
    inner join members on sales.buyer_user_id = members.party_id
    where
        {{ in_range('members.night') }}
        and members.night >= sales.counted_from
        and members.night < sales.counted_until
),

accounts as (
    select distinct
        moved.sku_id,
        moved.promotion_id,
        moved.night,
        coalesce(members.cluster_id, 'user:' || moved.buyer_user_id) as cluster_id,
        coalesce(others.party_id, moved.buyer_user_id) as buyer_user_id
    from moved
    left join members
        on
            moved.buyer_user_id = members.party_id
            and moved.night >= members.night
            and moved.night < members.last_before
    left join members as others
        on
            members.cluster_id = others.cluster_id
            and moved.night >= others.night
            and moved.night < others.last_before
),

bought as (
    select
        accounts.cluster_id,
        sales.* replace (accounts.night as night)
    from accounts
    inner join sales
        on
            accounts.buyer_user_id = sales.buyer_user_id
            and accounts.sku_id = sales.sku_id
            and accounts.promotion_id = sales.promotion_id
            and accounts.night >= sales.counted_from
            and accounts.night < sales.counted_until
    anti join cancellations
        on
            sales.order_id = cancellations.order_id
            and accounts.night >= cancellations.night
),

ind_cluster_quotas as (
    select
        'cluster' as entity_type,
        cluster_id as entity_id,
        sku_id,
        promotion_id,
        min(region) as region,
        min(business_line) as business_line,
        cast(null as varchar) as missing_input,
        list_sort(list(distinct order_id)) as order_ids,
        list_sort(list(distinct buyer_user_id)) as user_ids,
        cast(night - min(placed_on) as integer) as history_days,
        count(distinct buyer_user_id) as accounts,
        cast(sum(quantity) as bigint) as units,
        max(max_per_customer) as units_allowed,
        cast(
            cast(sum(quantity) as double) / nullif(max(max_per_customer), 0)
            as decimal(12, 4)
        ) as overrun,
        cast(coalesce(sum(platform_discount_usd), 0) as decimal(18, 2))
            as platform_discount_usd,
        night,
        min(placed_at) as first_event_at,
        max(placed_at) as last_event_at
    from bought
    group by cluster_id, sku_id, promotion_id, night
)

select * from ind_cluster_quotas
