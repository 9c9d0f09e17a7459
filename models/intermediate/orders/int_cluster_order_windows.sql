-- Grain: one row per buyer cluster, order and night judged: the hour that ends with
-- the order. A night judges every window with an order item that arrived that night,
-- from what the accounts the cluster then had were known to have ordered.
with sales as (
    select
        *,
        date_trunc('hour', placed_at) as hour_at
    from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

arrived as (
    select * from sales
    where {{ in_range('night') }}
),

members as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type = 'user'
),

touched as (
    select distinct
        coalesce(members.cluster_id, 'user:' || arrived.buyer_user_id) as entity_id,
        arrived.night,
        arrived.hour_at + reach.hours * interval 1 hour as hour_at
    from arrived
    cross join (values (-1), (0), (1)) as reach (hours)
    left join members
        on
            arrived.buyer_user_id = members.party_id
            and arrived.night >= members.night
            and arrived.night < coalesce(members.until_night, date '9999-12-31')
),

clusters as (
    select distinct
        entity_id,
        night
    from touched
),

accounts as (
    {{ accounts_of('clusters') }}
),

in_reach as (
    select
        sales.*,
        touched.entity_id,
        touched.night as judged_night
    from touched
    inner join accounts
        on touched.entity_id = accounts.entity_id and touched.night = accounts.night
    inner join sales
        on
            accounts.user_id = sales.buyer_user_id
            and touched.hour_at = sales.hour_at
            and touched.night >= sales.night
),

-- the frame holds (t - 60 minutes, t]
windows as (
    select
        entity_id,
        order_id,
        order_item_id,
        min(region) over last_hour as first_region,
        max(region) over last_hour as last_region,
        min(business_line) over last_hour as first_business_line,
        max(business_line) over last_hour as last_business_line,
        count(distinct order_id) over last_hour as orders,
        count(distinct seller_id) over last_hour as sellers,
        count(*) over last_hour as items,
        list(order_id) over last_hour as order_ids,
        list(buyer_user_id) over last_hour as user_ids,
        list(seller_id) over last_hour as seller_ids,
        count(paid_usd) over last_hour as priced_items,
        sum(paid_usd) over last_hour as paid_usd,
        count(*) filter (where night = judged_night) over last_hour as new_items,
        judged_night as night,
        min(placed_at) over last_hour as first_event_at,
        placed_at as last_event_at
    from in_reach
    window last_hour as (
        partition by entity_id, judged_night
        order by placed_at
        range between interval 3599999999 microseconds preceding and current row
    )
),

int_cluster_order_windows as (
    select
        entity_id as cluster_id,
        order_id,
        case when first_region = last_region then first_region end as region,
        case
            when first_business_line = last_business_line then first_business_line
        end as business_line,
        list_sort(list_distinct(order_ids)) as order_ids,
        list_sort(list_distinct(user_ids)) as user_ids,
        list_sort(list_distinct(seller_ids)) as seller_ids,
        orders,
        sellers,
        cast(case when items = priced_items then paid_usd end as decimal(18, 2))
            as value_usd,
        night,
        first_event_at,
        last_event_at
    from windows
    where new_items > 0
    qualify row_number() over (
            partition by entity_id, order_id, night order by order_item_id
        ) = 1
)

select * from int_cluster_order_windows
