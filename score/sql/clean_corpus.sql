-- What the detections said of a marketplace without a single scheme. Each alert falls to
-- the first row of the allow-list that names its detection, a look-alike it touches and
-- its entity; a row forgives `at_most` alerts, in the order of the nights, and more in a
-- larger marketplace. A row that ought to match something here and does not is idle.
create table touched_lookalikes as
select
    matches.alert_id,
    list_sort(list(distinct instances.instance_type)) as lookalikes
from matches
inner join instances
    on
        matches.kind = instances.kind
        and matches.instance_id = instances.instance_id
        and matches.planted_for = instances.detection_id
where matches.kind = 'lookalike'
group by matches.alert_id;

create table allowed as
select
    judged.detection_id,
    judged.entity_type || ':' || judged.entity_id as entity,
    judged.alert_id,
    judged.alerted_on,
    coalesce(touched_lookalikes.lookalikes, []) as lookalikes,
    min(allow_list.line) as line
from judged
left join touched_lookalikes on judged.alert_id = touched_lookalikes.alert_id
left join allow_list
    on
        judged.detection_id = allow_list.detection_id
        and (
            allow_list.lookalike is null
            or list_contains(touched_lookalikes.lookalikes, allow_list.lookalike)
        )
        and (
            allow_list.entity is null
            or regexp_full_match(
                judged.entity_type || ':' || judged.entity_id, allow_list.entity
            )
        )
group by all;

create table unexpected as
select
    allowed.*,
    cast(ceil(allow_list.at_most * getvariable('size')) as int) as forgiven
from allowed
left join allow_list on allowed.line = allow_list.line
qualify
    allowed.line is null
    or row_number() over (
        partition by allowed.line order by allowed.alerted_on, allowed.alert_id
    ) > forgiven
order by allowed.detection_id, allowed.alerted_on, allowed.alert_id;

create table idle as
select allow_list.*
from allow_list
left join allowed on allow_list.line = allowed.line
where
    allowed.alert_id is null
    and allow_list.at_most * getvariable('size') >= 1
order by allow_list.line;
