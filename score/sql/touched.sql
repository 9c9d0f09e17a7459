-- Grain: one row per alert and object it touches: its entity, the members of its cluster
-- as of the alert's nights, its evidence; with the night from which it does.
create view touched as
with judged as (
    select *
    from alerts
    where detection_id not in (select detection_id from not_scored)
),

objects as (
    select
        seed,
        alert_id,
        entity_type as object_type,
        entity_id as object_id,
        alerted_on as night
    from judged
    union all
    select
        evidence.seed,
        evidence.alert_id,
        evidence.object_type,
        evidence.object_id,
        evidence.night
    from evidence
    inner join judged
        on evidence.seed = judged.seed and evidence.alert_id = judged.alert_id
    union all
    select
        members.seed,
        judged.alert_id,
        members.party_type as object_type,
        members.party_id as object_id,
        greatest(members.from_night, judged.alerted_on) as night
    from members
    inner join judged
        on members.seed = judged.seed and members.cluster_id = judged.cluster_id
    where
        members.from_night <= judged.last_fired_on
        and coalesce(members.until_night > judged.alerted_on, true)
),

touched as (
    select
        objects.seed,
        judged.detection_id,
        objects.alert_id,
        objects.object_type,
        objects.object_id,
        min(objects.night) as night,
        judged.last_fired_on
    from objects
    inner join judged
        on objects.seed = judged.seed and objects.alert_id = judged.alert_id
    group by all
)

select * from touched;
