-- Grain: one row per planted instance and alert that touches an entity it names, from the
-- first night on which it does. An alert that was over before an instance began has not
-- seen it.
create table matches as
select
    truth.seed,
    truth.kind,
    truth.instance_id,
    truth.detection_id as planted_for,
    touched.alert_id,
    touched.detection_id,
    min(greatest(touched.night, truth.began_on)) as matched_on
from truth
inner join touched
    on
        truth.seed = touched.seed
        and truth.entity_type = touched.object_type
        and truth.entity_id = touched.object_id
        and truth.began_on <= touched.last_fired_on
where not truth.is_place and (not truth.is_shared or touched.is_own_entity)
group by all;
