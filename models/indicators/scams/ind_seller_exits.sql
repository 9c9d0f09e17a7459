-- Grain: one row per seller and night on which its sales grew (SC05): beside its
-- peers', with what it leaves unshipped, what it asks, how its money leaves (SC11), and
-- what would be lost if it vanished (SC07).
with looked_at as (
    select
        'seller' as entity_type,
        seller_id as entity_id,
        'seller:' || seller_id as party_key,
        *
    from {{ ref('int_seller_growth') }}
    where {{ in_range('night') }} and growth > 0
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='looked_at') }}
),

shipping as (
    {{ periods(ref('ind_seller_fulfilment'), 'entity_id', within='looked_at') }}
),

stakes as (
    {{ seller_stakes('looked_at') }}
),

spreads as (
    select
        looked_at.entity_id,
        looked_at.night,
        spreads.group_used,
        {{ robust_z(
            'looked_at.growth', 'spreads.median_growth', 'spreads.median_deviation',
            'spreads.mean_deviation'
        ) }} as growth_z
    from looked_at
    left join {{ ref('int_peer_members') }} as members
        on
            looked_at.entity_id = members.entity_id
            and members.entity_type = 'seller'
            and members.measure = 'diverted_orders'
            and {{ baseline_night_before('looked_at.night') }} = members.night
    inner join {{ ref('int_growth_spreads') }} as spreads
        on
            {{ baseline_night_before('looked_at.night') }} = spreads.night
            and spreads.peer_group in (members.peer_group, 'all')
    qualify row_number() over (
            partition by looked_at.entity_id, looked_at.night
            order by spreads.peer_group = 'all'
        ) = 1
),

ind_seller_exits as (
    select
        looked_at.entity_type,
        looked_at.entity_id,
        stakes.owner_key,
        profiles.region,
        profiles.business_line,
        spreads.group_used,
        case
            when profiles.seller_id is null then 'no_account'
            when spreads.entity_id is null then 'no_baseline'
            when
                looked_at.unpriced_sales_35d > 0
                or stakes.owed_usd is null
                or (payouts.seller_id is not null and payouts.pending_usd is null)
                or (payouts.seller_id is not null and payouts.rushed_usd is null)
                then 'no_fx'
        end as missing_input,
        cast(looked_at.night - profiles.onboarded_on as integer) as history_days,
        wake_ups.dormant_days,
        looked_at.paid_usd_7d,
        cast(spreads.growth_z as decimal(18, 4)) as growth_z,
        coalesce(shipping.due_labels_28d, 0) as due_labels_28d,
        coalesce(shipping.unscanned_labels_28d, 0) as unscanned_labels_28d,
        shipping.unscanned_rate_low,
        shipping.peer_unscanned_rate,
        prices.median_price_ratio,
        cast(cast(payouts.rushed_usd as double) / nullif(
            payouts.rushed_usd + stakes.owed_usd, 0
        ) as decimal(7, 6)) as rushed_share,
        case
            when stakes.owed_usd is not null
                then cast(greatest(stakes.undelivered_usd - (
                        stakes.owed_usd - coalesce(payouts.pending_usd, 0)
                    ), 0) + coalesce(payouts.pending_usd, 0) as decimal(18, 2))
        end as stake_usd,
        {{ capped('coalesce(payouts.objects, [])') }} as payouts,
        looked_at.night
    from looked_at
    left join profiles
        on
            looked_at.seller_id = profiles.seller_id
            and looked_at.night >= profiles.night
            and looked_at.night < coalesce(profiles.until_night, date '9999-12-31')
    left join shipping
        on
            looked_at.entity_id = shipping.entity_id
            and looked_at.night >= shipping.night
            and looked_at.night < coalesce(shipping.until_night, date '9999-12-31')
    left join spreads
        on looked_at.entity_id = spreads.entity_id and looked_at.night = spreads.night
    left join {{ ref('int_seller_wake_ups') }} as wake_ups
        on
            looked_at.seller_id = wake_ups.seller_id
            and looked_at.night = wake_ups.night
    left join {{ ref('int_seller_price_ratios') }} as prices
        on looked_at.seller_id = prices.seller_id and looked_at.night = prices.night
    left join {{ ref('int_seller_payout_rushes') }} as payouts
        on looked_at.seller_id = payouts.seller_id and looked_at.night = payouts.night
    left join stakes
        on looked_at.party_key = stakes.party_key and looked_at.night = stakes.night
)

select * from ind_seller_exits
