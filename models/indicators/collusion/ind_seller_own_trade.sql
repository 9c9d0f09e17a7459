-- Grain: one row per seller and night on which an order became known or who is behind
-- it changed: its sales of 28 days, and those to users under the same control.
with sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

all_users as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by seller_id, user_id, via_party order by night
        ) - 1 as last_night
    from {{ ref('int_seller_own_users') }}
    where night <= {{ to_night() }}
),

staff as (
    select distinct user_id, night from {{ ref('stg_users') }}
    where account_type in ('employee', 'test')
),

policy as (
    {{ policy_in_force('COL-01', ['min_strong_types', 'min_medium_types']) }}
),

touched as (
    select seller_id, night from sales
    where {{ in_range('night') }}
    union
    select seller_id, night from all_users
    where {{ in_range('night') }}
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='touched') }}
),

looked_at as (
    select
        touched.*,
        profiles.region,
        profiles.business_line,
        profiles.onboarded_on
    from touched
    left join profiles
        on
            touched.seller_id = profiles.seller_id
            and touched.night >= profiles.night
            and touched.night < coalesce(profiles.until_night, date '9999-12-31')
),

own as (
    select distinct looked_at.seller_id, looked_at.night, all_users.user_id
    from looked_at
    inner join policy on {{ policy_applies('looked_at') }}
    inner join all_users
        on
            looked_at.seller_id = all_users.seller_id
            and looked_at.night between all_users.night and all_users.last_night
    anti join staff
        on all_users.user_id = staff.user_id and looked_at.night >= staff.night
    where
        all_users.is_same_cluster
        and greatest(
            all_users.near_strong_types - policy.min_strong_types,
            all_users.near_medium_types - policy.min_medium_types
        ) >= 0
        and greatest(
            all_users.far_strong_types - policy.min_strong_types,
            all_users.far_medium_types - policy.min_medium_types
        ) >= 0
),

traded as (
    select
        looked_at.*,
        sales.* exclude (seller_id, region, business_line, night), -- noqa: RF02
        own.user_id is not null as is_own
    from looked_at
    left join sales
        on
            looked_at.seller_id = sales.seller_id
            and looked_at.night >= sales.night
            and looked_at.night - 28 < cast(sales.placed_at as date)
    left join own
        on
            looked_at.seller_id = own.seller_id and looked_at.night = own.night
            and sales.buyer_user_id = own.user_id
),

ind_seller_own_trade as (
    select
        'seller' as entity_type,
        seller_id as entity_id,
        region,
        business_line,
        case
            when onboarded_on is null then 'no_account'
            when bool_or(is_own and paid_usd is null) then 'no_fx'
        end as missing_input,
        list_sort(list(distinct order_id) filter (where is_own)) as own_order_ids,
        list_sort(list(distinct buyer_user_id) filter (where is_own)) as own_user_ids,
        cast(night - onboarded_on as integer) as history_days,
        count(distinct order_id) as orders_28d,
        count(distinct case when is_own then order_id end) as own_orders_28d,
        cast(coalesce(sum(paid_usd), 0) as decimal(18, 2)) as paid_usd_28d,
        cast(coalesce(sum(paid_usd) filter (where is_own), 0) as decimal(18, 2))
            as own_paid_usd_28d,
        cast(coalesce(sum(
            coalesce(platform_discount_usd, 0) + coalesce(commission_usd, 0)
        ) filter (where is_own), 0) as decimal(18, 2)) as own_funded_usd_28d,
        night,
        min(placed_at) filter (where is_own) as first_event_at,
        max(placed_at) filter (where is_own) as last_event_at
    from traded
    group by seller_id, region, business_line, onboarded_on, night
)

select * from ind_seller_own_trade
