-- Grain: one row per alert and object it touches: its entity, the members of its cluster
-- and of clusters in its evidence as of the alert's nights, its evidence; with the night
-- from which it does.
create view touched as
with judged as (
    select *
    from alerts
    where detection_id not in (select detection_id from not_scored)
),

-- a party belongs to a cluster until it moves to another
periods as (
    select
        seed,
        cluster_id,
        party_type,
        party_id,
        from_night,
        lead(from_night) over (
            partition by seed, party_type, party_id order by from_night
        ) as until_night
    from members
),

clusters as (
    select
        seed,
        alert_id,
        cluster_id,
        alerted_on as night,
        last_fired_on
    from judged
    union
    select
        judged.seed,
        judged.alert_id,
        evidence.object_id as cluster_id,
        evidence.night,
        judged.last_fired_on
    from evidence
    inner join judged
        on evidence.seed = judged.seed and evidence.alert_id = judged.alert_id
    where evidence.object_type = 'cluster'
),

objects as (
    select
        seed,
        alert_id,
        entity_type as object_type,
        entity_id as object_id,
        alerted_on as night,
        true as is_own_entity
    from judged
    union all
    select
        evidence.seed,
        evidence.alert_id,
        evidence.object_type,
        evidence.object_id,
        evidence.night,
        false as is_own_entity
    from evidence
    inner join judged
        on evidence.seed = judged.seed and evidence.alert_id = judged.alert_id
    union all
    select
        periods.seed,
        clusters.alert_id,
        periods.party_type as object_type,
        periods.party_id as object_id,
        greatest(periods.from_night, clusters.night) as night,
        false as is_own_entity
    from periods
    inner join clusters
        on periods.seed = clusters.seed and periods.cluster_id = clusters.cluster_id
    where
        periods.from_night <= clusters.last_fired_on
        and coalesce(periods.until_night > clusters.night, true)
),

touched as (
    select
        objects.seed,
        judged.detection_id,
        objects.alert_id,
        objects.object_type,
        objects.object_id,
        bool_or(objects.is_own_entity) as is_own_entity,
        min(objects.night) as night,
        judged.last_fired_on
    from objects
    inner join judged
        on objects.seed = judged.seed and objects.alert_id = judged.alert_id
    group by all
)

select * from touched;
