-- Two parties whose edge joins them are in one cluster as of that night.
with edges as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by party_a, party_b order by night
        ) as until_night
    from {{ ref('int_identity_edges') }}
),

periods as (
    select * from {{ ref('int_cluster_periods') }}
)

select
    edges.party_a,
    edges.party_b,
    edges.night
from edges
inner join periods as period_a
    on
        edges.party_a = period_a.party_key
        and edges.night < coalesce(period_a.until_night, date '9999-12-31')
        and edges.until_night > period_a.night
inner join periods as period_b
    on
        edges.party_b = period_b.party_key
        and edges.night < coalesce(period_b.until_night, date '9999-12-31')
        and edges.until_night > period_b.night
        and period_a.night < coalesce(period_b.until_night, date '9999-12-31')
        and period_b.night < coalesce(period_a.until_night, date '9999-12-31')
where edges.is_joined and period_a.cluster_id != period_b.cluster_id
