-- What is printed. A share is numerator and denominator first; its interval is Wilson's,
-- 95%: four instances of four do not make 100%.
create macro wilson_low(hits, trials) as
    round(
        (hits + 1.9208 - 1.96 * sqrt(hits * (trials - hits) / trials + 0.9604))
        / (trials + 3.8416),
        2
    );

create macro wilson_high(hits, trials) as
    round(
        (hits + 1.9208 + 1.96 * sqrt(hits * (trials - hits) / trials + 0.9604))
        / (trials + 3.8416),
        2
    );

create table recall_by_detection as
select
    detection_id,
    max(scenario) as scenario,
    max(stage) as stage,
    count(*) as planted,
    count(seen_on) as seen,
    round(count(seen_on) / count(*), 3) as recall,
    wilson_low(count(seen_on), count(*)) as low,
    wilson_high(count(seen_on), count(*)) as high,
    count(*) filter (where strength = 'low') as low_planted,
    count(seen_on) filter (where strength = 'low') as low_seen,
    count(*) filter (where strength = 'medium') as medium_planted,
    count(seen_on) filter (where strength = 'medium') as medium_seen,
    count(*) filter (where strength = 'high') as high_planted,
    count(seen_on) filter (where strength = 'high') as high_seen,
    count(seen_by_any_on) as seen_by_any
from instances
where kind = 'scheme'
group by detection_id
order by detection_id;

create table recall_by_scenario as
select
    coalesce(scenario, 'all') as scenario,
    strength,
    count(*) as planted,
    count(seen_on) as seen,
    round(count(seen_on) / count(*), 3) as recall,
    wilson_low(count(seen_on), count(*)) as low,
    wilson_high(count(seen_on), count(*)) as high,
    count(seen_by_any_on) as seen_by_any
from instances
where kind = 'scheme'
group by grouping sets ((scenario, strength), (strength))
order by
    grouping(scenario),
    scenario,
    list_position(['low', 'medium', 'high'], strength);

create table precision_by_detection as
select
    coalesce(detection_id, 'all') as detection_id,
    count(*) as alerts,
    count(*) filter (where is_true_of_own) as true_of_own,
    count(*) filter (where is_true_of_any) as true_of_any,
    count(*) filter (where is_lookalike and not is_true_of_any) as lookalikes,
    count(*) filter (where not is_lookalike and not is_true_of_any) as others,
    round(count(*) filter (where is_true_of_own) / count(*), 3) as precision_own,
    round(count(*) filter (where is_true_of_any) / count(*), 3) as precision_any,
    wilson_low(count(*) filter (where is_true_of_any), count(*)) as low,
    wilson_high(count(*) filter (where is_true_of_any), count(*)) as high
from judged
group by grouping sets ((detection_id), ())
having count(*) > 0
order by grouping(detection_id), detection_id;

create table lookalikes_by_type as
select
    instance_type as lookalike,
    detection_id as tempts,
    count(*) as planted,
    count(*) filter (where not is_place_only) as matchable,
    count(seen_on) as alerted,
    round(count(seen_on) / nullif(count(*) filter (where not is_place_only), 0), 3)
        as false_positive_rate,
    count(seen_by_any_on) as alerted_by_any
from instances
where kind = 'lookalike'
group by instance_type, detection_id
order by detection_id, instance_type;

create table days_to_detect as
select
    coalesce(detection_id, 'all') as detection_id,
    count(days_to_detect) as seen,
    median(days_to_detect) as median_days,
    quantile_disc(days_to_detect, 0.9) as p90_days,
    max(days_to_detect) as longest_days
from instances
where kind = 'scheme' and seen_on is not null
group by grouping sets ((detection_id), ())
having count(*) > 0
order by grouping(detection_id), detection_id;

create table by_seed as
with recalled as (
    select
        seed,
        count(*) as planted,
        count(seen_on) as seen
    from instances
    where kind = 'scheme'
    group by seed
),

precise as (
    select
        seed,
        count(*) as alerts,
        count(*) filter (where is_true_of_any) as true_alerts
    from judged
    group by seed
)

select
    recalled.seed,
    recalled.planted,
    recalled.seen,
    round(recalled.seen / recalled.planted, 3) as recall,
    coalesce(precise.alerts, 0) as alerts,
    round(precise.true_alerts / precise.alerts, 3) as precision_any
from recalled
left join precise on recalled.seed = precise.seed
order by recalled.seed;

create table missed as
select
    seed,
    detection_id,
    instance_type as scheme,
    strength,
    instance_id as scheme_id,
    began_on,
    seen_by_any_on is not null as is_seen_by_another
from instances
where kind = 'scheme' and seen_on is null
order by seed, detection_id, scheme, instance_id;

create table false_alerts as
select
    seed,
    detection_id,
    alert_id,
    entity_type,
    entity_id,
    alerted_on,
    is_lookalike
from judged
where not is_true_of_any
order by seed, detection_id, alerted_on, alert_id;
