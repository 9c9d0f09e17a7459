-- Net loss of the platform on the orders of each identity cluster of sellers, and on
-- what they owe in default, over the 365 days that end on a night, as known on it. One
-- row per night and cluster; losses of no known seller are one row without a cluster.
with nights as (
    select
        night,
        cast(least(night - min(night) over (), 364) as integer) as days_back
    from (select distinct night from {{ ref('stg_landing_deliveries') }}) as delivered
    where night <= {{ to_night() }}
    qualify {{ in_range('night') }}
),

entries as (
    select
        order_id,
        seller_id,
        event_date,
        net_usd,
        night,
        order_night
    from {{ ref('int_loss_entries') }}
    where
        bearer = 'platform'
        and night <= {{ to_night() }}
        and event_date >= {{ from_night() }} - 364
),

sellers as (
    {{ periods(ref('int_order_parties'), 'order_id', within='entries') }}
),

members as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type = 'seller' and night <= {{ to_night() }}
),

losses as (
    select
        nights.night,
        coalesce(sellers.seller_id, entries.seller_id) as seller_id,
        sum(entries.net_usd) as net_usd
    from nights
    inner join entries
        on
            nights.night >= entries.night
            and nights.night >= entries.event_date
            and nights.night - nights.days_back <= entries.event_date
    left join sellers
        on
            entries.order_id = sellers.order_id
            and nights.night >= entries.order_night
            and nights.night >= sellers.night
            and nights.night < coalesce(sellers.until_night, date '9999-12-31')
    group by nights.night, coalesce(sellers.seller_id, entries.seller_id)
),

int_loss_holders as (
    select
        coalesce(members.cluster_id, 'seller:' || losses.seller_id) as cluster_id,
        cast(coalesce(sum(losses.net_usd), 0) as decimal(18, 2)) as net_usd,
        losses.night
    from losses
    left join members
        on
            losses.seller_id = members.party_id
            and losses.night >= members.night
            and losses.night < coalesce(members.until_night, date '9999-12-31')
    group by losses.night, coalesce(members.cluster_id, 'seller:' || losses.seller_id)
)

select * from int_loss_holders
