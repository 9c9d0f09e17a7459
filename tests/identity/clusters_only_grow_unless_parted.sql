-- A party leaves a cluster only together with all of it, into another, unless an
-- analyst parted two of its parties that night or took back that they are one.
with periods as (
    select * from {{ ref('int_cluster_periods') }}
),

parted as (
    select distinct
        periods.cluster_id,
        edges.night
    from {{ ref('int_identity_edges') }} as edges
    inner join periods
        on
            edges.party_a = periods.party_key
            and edges.night = periods.until_night
    where edges.decision in ('part', 'withdraw')
),

-- the other half of a parted pair may be the one that leaves
parted_other as (
    select distinct
        periods.cluster_id,
        edges.night
    from {{ ref('int_identity_edges') }} as edges
    inner join periods
        on
            edges.party_b = periods.party_key
            and edges.night = periods.until_night
    where edges.decision in ('part', 'withdraw')
),

leavings as (
    select
        before.cluster_id,
        before.until_night as night,
        count(distinct after.cluster_id) as goals
    from periods as before
    inner join periods as after
        on
            before.party_key = after.party_key
            and before.until_night = after.night
    group by before.cluster_id, before.until_night
)

select
    leavings.cluster_id,
    leavings.night
from leavings
left join periods as stayed
    on
        leavings.cluster_id = stayed.cluster_id
        and leavings.night > stayed.night
        and leavings.night < coalesce(stayed.until_night, date '9999-12-31')
where
    (leavings.goals > 1 or stayed.party_key is not null)
    and (leavings.cluster_id, leavings.night) not in (
        select (parted.cluster_id, parted.night) from parted
        union all
        select (parted_other.cluster_id, parted_other.night) from parted_other
    )
