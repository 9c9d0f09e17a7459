-- Grain: one row per pair of creators of one agency whose audiences share somebody and
-- baseline night: how alike the audiences are, beside pairs that chance put together.
with compared as (
    select
        *,
        agency_id is null as is_chance
    from {{ ref('int_audience_overlaps') }}
    where {{ in_range('night') }}
),

chance as (
    select
        night,
        scope,
        count(*) as pairs,
        quantile_disc(jaccard, 0.5) as median_jaccard,
        quantile_disc(jaccard, 0.95) as jaccard_p95
    from compared
    where is_chance
    group by night, scope
    having count(*) >= 30
),

ranked as (
    select
        *,
        count(*) filter (where is_chance) over (
            partition by night, scope
            order by jaccard desc
            range between unbounded preceding and current row
        ) as as_alike_pairs
    from compared
),

touched as (
    select creator_id from compared
    union
    select other_creator_id as creator_id from compared
),

creators as (
    {{ periods(ref('int_creator_profiles'), 'creator_id', within='touched') }}
),

ind_creator_overlaps as (
    select
        'creator_pair' as entity_type,
        concat_ws('|', ranked.creator_id, ranked.other_creator_id) as entity_id,
        ranked.creator_id,
        ranked.other_creator_id,
        ranked.agency_id,
        nullif(ranked.scope, 'abroad') as region,
        cast(null as varchar) as business_line,
        case when chance.night is null then 'no_baseline' end as missing_input,
        cast(ranked.night - greatest(
            one.onboarded_on, other.onboarded_on
        ) as integer) as history_days,
        ranked.engagers,
        ranked.other_engagers,
        ranked.shared_engagers,
        ranked.jaccard,
        coalesce(chance.pairs, 0) as chance_pairs,
        chance.median_jaccard as chance_jaccard_median,
        chance.jaccard_p95 as chance_jaccard_p95,
        cast(
            (1 + cast(ranked.as_alike_pairs as double)) / (1 + chance.pairs)
            as decimal(9, 6)
        ) as chance_share,
        ranked.night
    from ranked
    left join chance using (night, scope)
    left join creators as one
        on
            ranked.creator_id = one.creator_id
            and ranked.night >= one.night
            and ranked.night < coalesce(one.until_night, date '9999-12-31')
    left join creators as other
        on
            ranked.other_creator_id = other.creator_id
            and ranked.night >= other.night
            and ranked.night < coalesce(other.until_night, date '9999-12-31')
    where not ranked.is_chance
)

select * from ind_creator_overlaps
