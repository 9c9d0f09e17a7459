-- Grain: one row per buyer cluster, date of the claim and night: what was added to its
-- record of inspected returns in categories people wear once, and of those that came
-- late in their return window and used. A claim that changed takes back what it had
-- added, and a buyer whose cluster changed takes its claims along.
with all_claims as (
    select * from {{ ref('int_worn_claims') }}
    where night <= {{ to_night() }}
),

moved_buyers as (
    {{ moved_buyers() }}
),

touched as (
    select return_id from all_claims
    where
        {{ in_range('night') }}
        or buyer_user_id in (select moved_buyers.buyer_user_id from moved_buyers)
),

claims as (
    {{ periods('all_claims', 'return_id', within='touched') }}
),

clusters as (
    {{ buyer_clusters('claims') }}
),

held as (
    select
        clusters.cluster_id,
        cast(claims.requested_at as date) as event_date,
        cast(claims.is_worn as integer) as worn_returns,
        case when claims.is_worn then coalesce(claims.claimed_usd, 0) else 0 end
            as worn_usd,
        cast(claims.is_worn and claims.claimed_usd is null as integer)
            as unpriced_returns,
        greatest(claims.night, clusters.night) as night,
        least(claims.until_night, clusters.until_night) as until_night
    from claims
    inner join clusters
        on
            claims.buyer_user_id = clusters.buyer_user_id
            and claims.night < clusters.until_night
            and clusters.night < coalesce(claims.until_night, date '9999-12-31')
    where claims.is_inspected
),

changes as (
    select
        * exclude (until_night),
        1 as inspected_returns
    from held
    union all by name
    select
        cluster_id,
        event_date,
        -worn_returns as worn_returns,
        -worn_usd as worn_usd,
        -unpriced_returns as unpriced_returns,
        until_night as night,
        -1 as inspected_returns
    from held
),

int_cluster_worn_daily as (
    select
        cluster_id,
        event_date,
        cast(sum(inspected_returns) as bigint) as inspected_returns,
        cast(sum(worn_returns) as bigint) as worn_returns,
        cast(sum(unpriced_returns) as bigint) as unpriced_returns,
        cast(sum(worn_usd) as decimal(18, 2)) as worn_usd,
        night
    from changes
    where {{ in_range('night') }}
    group by cluster_id, event_date, night
    having
        sum(inspected_returns) != 0
        or sum(worn_returns) != 0
        or sum(unpriced_returns) != 0
        or sum(worn_usd) != 0
)

select * from int_cluster_worn_daily
