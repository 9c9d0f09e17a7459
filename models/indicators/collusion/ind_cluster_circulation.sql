-- Grain: one row per identity cluster with a shop that was paid in 30 days and baseline
-- night: how much of what we paid out to it came back to it, straight from its accounts
-- or round a cycle of clusters, and how evenly it trades with another shop's cluster.
with shops as (
    select * from {{ ref('int_cluster_shops') }}
    where {{ in_range('night') }}
),

payouts as (
    select
        cluster_id,
        {{ sum_if_all_known('paid_usd', 'true') }} as payouts_usd_30d,
        night,
        min(paid_at) as first_payout_at
    from {{ ref('int_baseline_payouts') }}
    where {{ in_range('night') }}
    group by cluster_id, night
),

circular as (
    select * from {{ ref('int_circular_purchases') }}
    where {{ in_range('night') }}
),

cycles as (
    select
        unnest(cluster_ids) as cluster_id,
        cycle_id,
        cycle_length,
        value_usd,
        night
    from {{ ref('int_value_cycles') }}
    where {{ in_range('night') }}
),

partners as (
    select * from {{ ref('int_mutual_traders') }}
    where {{ in_range('night') }}
),

returned as (
    select
        cluster_id,
        {{ sum_if_all_known(
            'paid_usd', "way = 'payouts_come_back'"
        ) }} as returned_usd_30d,
        night,
        min(paid_at) as first_event_at,
        max(paid_at) as last_event_at
    from circular
    group by cluster_id, night
),

largest_cycles as (
    select * from cycles
    qualify row_number() over (
            partition by cluster_id, night
            order by value_usd desc, cycle_length asc, cycle_id asc
        ) = 1
),

ind_cluster_circulation as (
    select
        'cluster' as entity_type,
        shops.cluster_id as entity_id,
        shops.region,
        shops.business_line,
        case
            when shops.onboarded_on is null then 'no_account'
            when payouts.night is not null and payouts.payouts_usd_30d is null
                then 'no_fx'
            when returned.night is not null and returned.returned_usd_30d is null
                then 'no_fx'
        end as missing_input,
        cast(shops.night - shops.onboarded_on as integer) as history_days,
        coalesce(payouts.payouts_usd_30d, 0) as payouts_usd_30d,
        coalesce(returned.returned_usd_30d, 0) as returned_usd_30d,
        largest_cycles.cycle_id,
        largest_cycles.cycle_length,
        coalesce(largest_cycles.value_usd, 0) as cycle_usd_30d,
        greatest(
            coalesce(returned.returned_usd_30d, 0),
            coalesce(largest_cycles.value_usd, 0)
        ) as circular_usd_30d,
        cast(
            cast(greatest(
                coalesce(returned.returned_usd_30d, 0),
                coalesce(largest_cycles.value_usd, 0)
            ) as double) / nullif(payouts.payouts_usd_30d, 0) as decimal(18, 6)
        ) as cycle_ratio,
        partners.partner_id,
        partners.purchases_out,
        partners.purchases_in,
        partners.reciprocity,
        partners.mean_gap,
        shops.night,
        least(payouts.first_payout_at, returned.first_event_at) as first_event_at,
        returned.last_event_at
    from shops
    left join payouts
        on shops.cluster_id = payouts.cluster_id and shops.night = payouts.night
    left join returned
        on shops.cluster_id = returned.cluster_id and shops.night = returned.night
    left join largest_cycles
        on
            shops.cluster_id = largest_cycles.cluster_id
            and shops.night = largest_cycles.night
    left join partners
        on shops.cluster_id = partners.cluster_id and shops.night = partners.night
)

select * from ind_cluster_circulation
