-- Grain: one row per creator and night on which an item it earns on or its cluster
-- changed: how much of what it earned on in 28 days was bought by itself, on its own
-- device or in its own store, and how soon after the click.
with looked_at as (
    select
        *,
        cast(null as varchar) as business_line
    from {{ ref('int_creator_nights') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('INC-02', ['min_click_s']) }}
),

items as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by commission_id order by night
        ) as until_night
    from {{ ref('int_creator_items') }}
    where night <= {{ to_night() }} and ordered_on > {{ from_night() }} - 28
),

ties as (
    select * from {{ ref('int_creator_ties') }}
    where {{ in_range('night') }}
),

orders as (
    select
        looked_at.creator_id,
        looked_at.night,
        items.order_id,
        {{ sum_if_all_known('items.paid_usd', 'true') }} as paid_usd,
        {{ sum_if_all_known('items.paid_usd', 'ties.commission_id is not null') }}
            as self_paid_usd,
        {{ sum_if_all_known(
            'items.commission_usd', 'ties.commission_id is not null'
        ) }} as self_commission_usd,
        bool_or(ties.commission_id is not null) as is_self,
        coalesce(bool_or(ties.is_strong_link), false) as is_strong_link,
        coalesce(bool_or(ties.is_same_person and ties.is_own_store), false)
            as is_own_store,
        min(date_diff('second', items.click_at, items.placed_at)) as click_s,
        min(date_diff('second', items.click_at, items.placed_at))
        < policy.min_click_s as is_instant,
        min(items.placed_at) as placed_at
    from looked_at
    inner join items
        on
            looked_at.creator_id = items.creator_id
            and looked_at.night >= items.night
            and looked_at.night < items.until_night
            and items.ordered_on > looked_at.night - 28
    left join ties
        on items.commission_id = ties.commission_id and looked_at.night = ties.night
    left join policy on {{ policy_applies('looked_at') }}
    group by
        looked_at.creator_id, looked_at.night, items.order_id, policy.min_click_s
),

counted as (
    select
        creator_id,
        night,
        count(*) as orders_28d,
        count(*) filter (where is_self) as self_orders_28d,
        count(*) filter (where is_own_store) as own_store_orders_28d,
        count(*) filter (where is_instant) as instant_click_orders_28d,
        quantile_disc(click_s, 0.5) as median_click_s_28d,
        max(self_paid_usd) filter (where is_strong_link) as largest_strong_usd_28d,
        {{ sum_if_all_known('paid_usd', 'true') }} as paid_usd_28d,
        {{ sum_if_all_known('self_paid_usd', 'is_self') }} as self_paid_usd_28d,
        {{ sum_if_all_known('self_commission_usd', 'is_self') }}
            as self_commission_usd_28d,
        min(placed_at) filter (where is_self) as first_event_at,
        max(placed_at) filter (where is_self) as last_event_at
    from orders
    group by creator_id, night
),

ind_creator_self_purchases as (
    select
        'creator' as entity_type,
        looked_at.creator_id as entity_id,
        looked_at.region,
        looked_at.business_line,
        case
            when looked_at.owner_user_id is null then 'no_account'
            when counted.paid_usd_28d is null then 'no_fx'
        end as missing_input,
        cast(looked_at.night - looked_at.onboarded_on as integer) as history_days,
        counted.* exclude (creator_id, night, first_event_at, last_event_at),
        cast(
            cast(counted.self_paid_usd_28d as double) / nullif(counted.paid_usd_28d, 0)
            as decimal(12, 6)
        ) as self_purchase_share,
        counted.night,
        counted.first_event_at,
        counted.last_event_at
    from looked_at
    inner join counted using (creator_id, night)
)

select * from ind_creator_self_purchases
