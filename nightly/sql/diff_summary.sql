-- Grain: one row per detection and one for all of them (detection_id `all`). An order
-- counts once, with the largest share that an alert of the detection (or of any) gives
-- it.
with counts as (
    select
        coalesce(detection_id, 'all') as detection_id,
        count(*) filter (where side = 'before') as alerts_before,
        count(*) filter (where side = 'after') as alerts_after,
        count(*) filter (where change = 'new') as alerts_new,
        count(*) filter (where change = 'gone') as alerts_gone,
        count(*) filter (where change = 'same' and side = 'after') as alerts_same,
        count(*) filter (where is_queued and side = 'before') as queued_before,
        count(*) filter (where is_queued and side = 'after') as queued_after,
        coalesce(sum(queue_minutes) filter (where side = 'before'), 0) as minutes_before,
        coalesce(sum(queue_minutes) filter (where side = 'after'), 0) as minutes_after
    from alerts
    group by grouping sets ((detection_id), ())
),

once as (
    select
        side,
        detection_id,
        subject,
        max(cents) as cents,
        max(cents) filter (where is_confirmed) as confirmed_cents
    from shares
    group by side, detection_id, subject
    union all
    select
        side,
        'all',
        subject,
        max(cents),
        max(cents) filter (where is_confirmed)
    from shares
    group by side, subject
),

caught as (
    select
        detection_id,
        coalesce(sum(cents) filter (where side = 'before'), 0) as before,
        coalesce(sum(cents) filter (where side = 'after'), 0) as after,
        coalesce(sum(confirmed_cents) filter (where side = 'before'), 0) as confirmed_before,
        coalesce(sum(confirmed_cents) filter (where side = 'after'), 0) as confirmed_after
    from once
    group by detection_id
)

select
    counts.*,
    cast(coalesce(caught.before, 0) / 100 as decimal(18, 2)) as value_usd_before,
    cast(coalesce(caught.after, 0) / 100 as decimal(18, 2)) as value_usd_after,
    cast(coalesce(caught.confirmed_before, 0) / 100 as decimal(18, 2))
        as confirmed_usd_before,
    cast(coalesce(caught.confirmed_after, 0) / 100 as decimal(18, 2))
        as confirmed_usd_after
from counts
left join caught on counts.detection_id = caught.detection_id
order by counts.detection_id = 'all', counts.detection_id
