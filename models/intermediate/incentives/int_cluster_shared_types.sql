-- Grain: one row per cluster with redemptions of two or more accounts, night on which
-- something about it changed and kind of identifier that two accounts of it share.
with redemptions as (
    select * from {{ ref('int_cluster_redemptions') }}
    where {{ in_range('night') }}
),

clusters as (
    select cluster_id, night from redemptions
    group by cluster_id, night
    having count(distinct user_id) > 1
),

members as (
    select
        clusters.cluster_id,
        clusters.night,
        periods.party_key
    from clusters
    inner join {{ ref('int_cluster_periods') }} as periods
        on
            clusters.cluster_id = periods.cluster_id
            and clusters.night >= periods.night
            and clusters.night < coalesce(periods.until_night, date '9999-12-31')
),

edges as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by party_a, party_b order by night
        ) as until_night
    from {{ ref('int_identity_edges') }}
    where
        night <= {{ to_night() }}
        and party_a in (select members.party_key from members)
),

ties as (
    select
        one.cluster_id,
        one.night,
        [one.party_key, other.party_key] as parties,
        unnest(edges.identifier_types) as identifier_type
    from members as one
    inner join edges
        on
            one.party_key = edges.party_a
            and one.night >= edges.night
            and one.night < edges.until_night
    inner join members as other
        on
            edges.party_b = other.party_key
            and one.cluster_id = other.cluster_id
            and one.night = other.night
),

ends as (
    select
        cluster_id,
        night,
        identifier_type,
        unnest(parties) as party_key
    from ties
),

-- what an account shares with its own store or creator page ties no two accounts
int_cluster_shared_types as (
    select
        cluster_id,
        identifier_type,
        count(distinct party_key) as accounts,
        night
    from ends
    where starts_with(party_key, 'user:')
    group by cluster_id, identifier_type, night
    having count(distinct party_key) > 1
)

select * from int_cluster_shared_types
