-- Grain: one row per seller that was active again after 30 days or more of sleep and
-- each of the 14 nights from then on: what it did in its first 7 days (KY09).
with woken as (
    select *, 'seller:' || seller_id as party_key
    from {{ ref('int_seller_wake_ups') }}
    where {{ in_range('night') }}
),

changes as (
    select * from {{ ref('int_wake_up_changes') }}
    where {{ in_range('night') }}
),

listings as (
    select * from {{ ref('int_wake_up_listings') }}
    where {{ in_range('night') }}
),

states as (
    {{ periods(ref('int_party_states'), 'party_key', within='woken') }}
),

balances as (
    {{ periods(ref('int_seller_open_balances'), 'seller_id', within='woken') }}
),

sold as (
    select
        woken.seller_id,
        woken.night,
        {{ sum_if_all_known('sales.gross_usd', 'true') }} as gmv_usd_7d,
        list(distinct 'order:' || sales.order_id) as orders,
        max(sales.placed_at) as last_sold_at
    from woken
    inner join {{ ref('int_item_sales') }} as sales
        on woken.seller_id = sales.seller_id and woken.night >= sales.night
    where
        sales.placed_at >= woken.woke_on
        and sales.placed_at < woken.woke_on + 7
    group by woken.seller_id, woken.night
),

ind_seller_wake_ups as (
    select
        'seller' as entity_type,
        woken.seller_id as entity_id,
        states.region,
        states.business_line,
        case
            when states.party_key is null then 'no_account'
            when states.owner_key is null then 'no_owner'
            when
                (balances.seller_id is not null and balances.owed_usd is null)
                or (sold.seller_id is not null and sold.gmv_usd_7d is null)
                then 'no_fx'
        end as missing_input,
        cast(woken.night - cast(states.onboarded_at as date) as integer)
            as history_days,
        woken.dormant_days,
        cast(coalesce(changes.new_devices, 0) as integer) as new_devices_7d,
        cast(coalesce(changes.payout_changes, 0) as integer) as payout_changes_7d,
        cast(coalesce(listings.new_listings, 0) as integer) as new_listings_7d,
        cast(
            coalesce(changes.category_changes, 0) + coalesce(listings.new_categories, 0)
            as integer
        ) as category_changes_7d,
        listings.median_price_ratio,
        cast(
            coalesce(balances.owed_usd, 0) + coalesce(sold.gmv_usd_7d, 0)
            as decimal(18, 2)
        ) as stake_usd,
        list_sort(list_distinct(list_concat(
            [woken.party_key],
            list_filter([states.owner_key], lambda owner: owner is not null),
            coalesce(changes.objects, []),
            list_slice(coalesce(listings.objects, []), 1, 200),
            list_slice(list_sort(coalesce(sold.orders, [])), 1, 200)
        ))) as evidence_objects,
        woken.night,
        cast(woken.woke_on as timestamp) as first_event_at,
        greatest(
            cast(woken.woke_on as timestamp),
            coalesce(changes.last_changed_at, cast(woken.woke_on as timestamp)),
            coalesce(sold.last_sold_at, cast(woken.woke_on as timestamp))
        ) as last_event_at
    from woken
    left join changes
        on woken.seller_id = changes.seller_id and woken.night = changes.night
    left join listings
        on woken.seller_id = listings.seller_id and woken.night = listings.night
    left join sold
        on woken.seller_id = sold.seller_id and woken.night = sold.night
    left join states
        on
            woken.party_key = states.party_key
            and woken.night >= states.night
            and woken.night < coalesce(states.until_night, date '9999-12-31')
    left join balances
        on
            woken.seller_id = balances.seller_id
            and woken.night >= balances.night
            and woken.night < coalesce(balances.until_night, date '9999-12-31')
)

select * from ind_seller_wake_ups
