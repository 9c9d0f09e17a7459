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
        1 as inspected_returns,
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

int_cluster_worn_daily as (
    {{ daily_changes('held', ['cluster_id'], [
        'inspected_returns', 'worn_returns', 'unpriced_returns', 'worn_usd'
    ]) }}
)

select * from int_cluster_worn_daily
