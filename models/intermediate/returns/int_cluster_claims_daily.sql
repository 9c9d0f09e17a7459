-- Grain: one row per buyer cluster, date of the claim and night: what was added to its
-- record of claims, by reason. A claim whose reason changed takes back what it had
-- added, and a buyer whose cluster changed takes its claims along.
{%- set reasons = [
    'changed_mind', 'not_as_described', 'defective', 'counterfeit', 'not_received',
    'wrong_item', 'missing_item', 'empty_box'
] %}
with all_claims as (
    select * from {{ ref('int_return_claims') }}
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
        claims.reason,
        cast(claims.requested_at as date) as event_date,
        1 as claims,
        greatest(claims.night, clusters.night) as night,
        least(claims.until_night, clusters.until_night) as until_night
    from claims
    inner join clusters
        on
            claims.buyer_user_id = clusters.buyer_user_id
            and claims.night < clusters.until_night
            and clusters.night < coalesce(claims.until_night, date '9999-12-31')
),

moves as (
    {{ daily_changes('held', ['cluster_id', 'reason'], ['claims']) }}
),

int_cluster_claims_daily as (
    select
        cluster_id,
        event_date,
        cast(sum(claims) as bigint) as claims,
        {% for reason in reasons %}
            cast(coalesce(
                sum(claims) filter (where reason = '{{ reason }}'), 0
            ) as bigint) as {{ reason }}_claims,
        {% endfor %}
        night
    from moves
    group by cluster_id, event_date, night
)

select * from int_cluster_claims_daily
