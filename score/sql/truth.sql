-- Grain: one row per planted instance (a scheme or a look-alike) and entity it names, in
-- the warehouse's names: a network is a keyed hash there. Instances that had not begun
-- on the last built night, and those of detections that look for no fraud, are left out.
create view truth as
with named as (
    select
        seed,
        'scheme' as kind,
        scheme_id as instance_id,
        scheme_type as instance_type,
        detection_id,
        strength,
        entity_type,
        entity_id,
        first_event_at
    from schemes
    union all
    select
        seed,
        'lookalike' as kind,
        lookalike_id as instance_id,
        lookalike_type as instance_type,
        tempts as detection_id,
        null as strength,
        entity_type,
        entity_id,
        first_event_at
    from lookalikes
),

begun as (
    select
        named.* exclude (entity_type, entity_id, first_event_at),
        case named.entity_type when 'bin_asn' then 'bin6_asn' else named.entity_type end
            as entity_type,
        case
            when named.entity_type = 'ip_prefix' then left(sha256(
                getvariable('risk_hash_key') || '|ip_prefix|'
                || rtrim(named.entity_id, '.') || '.'
            ), 32)
            else named.entity_id
        end as entity_id,
        -- a crowd's place in the world is not what an alert is about: an instance that
        -- names places only cannot be matched, and says so
        named.entity_type in ('region', 'city') as is_place,
        -- many honest people buy the article that a ring hoards: it is matched by alerts on
        -- it, not by alerts on somebody who bought it
        named.entity_type in ('sku', 'content') as is_shared,
        cast(min(named.first_event_at) over instance as date) as began_on
    from named
    window instance as (
        partition by named.seed, named.kind, named.instance_id, named.detection_id
    )
),

truth as (
    select begun.*
    from begun
    inner join runs on begun.seed = runs.seed
    where
        begun.began_on <= runs.last_night
        and begun.detection_id not in (select detection_id from not_scored)
)

select * from truth;
