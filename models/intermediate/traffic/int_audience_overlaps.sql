-- Grain: one row per pair of creators and baseline night: how many people engaged with
-- both in 28 days. Pairs of one agency that share somebody; and pairs of no common
-- agency that a hash of the night picks, who say what chance gives.
with baselines as (
    {{ baseline_nights() }}
),

events as (
    select * from {{ ref('stg_engagement_events') }}
    where
        night <= {{ to_night() }}
        and occurred_at >= {{ from_night() }} - 28
),

profiles as (
    {{ periods(
        ref('int_creator_profiles'), 'creator_id', within=ref('int_creator_profiles')
    ) }}
),

audiences as (
    select distinct
        baselines.night,
        events.creator_id,
        profiles.agency_id,
        coalesce(profiles.region, 'unknown') as region,
        events.actor_user_id
    from baselines
    inner join events
        on
            baselines.night >= events.night
            and baselines.night >= cast(events.occurred_at as date)
            and baselines.night < cast(events.occurred_at as date) + 28
    inner join profiles
        on
            events.creator_id = profiles.creator_id
            and baselines.night >= profiles.night
            and baselines.night < coalesce(profiles.until_night, date '9999-12-31')
            and events.actor_user_id is distinct from profiles.user_id
),

creators as (
    select
        * exclude (actor_user_id),
        count(*) as engagers
    from audiences
    group by all
    having count(*) >= 10
),

members as (
    select
        concat_ws('|', night, unnest([region, 'abroad'])) as graph,
        creator_id as member,
        agency_id as team
    from creators
),

drawn as (
    {{ pairs_by_chance('members', 25) }}
),

shared as (
    select
        one.night,
        one.agency_id,
        one.creator_id,
        other.creator_id as other_creator_id,
        count(*) as shared_engagers
    from audiences as one
    inner join audiences as other using (night, agency_id, actor_user_id)
    where one.creator_id < other.creator_id
    group by one.night, one.agency_id, one.creator_id, other.creator_id
    union all by name
    select
        one.night,
        drawn.graph,
        one.creator_id,
        drawn.member_b as other_creator_id,
        count(other.actor_user_id) as shared_engagers
    from drawn
    inner join audiences as one
        on
            drawn.member_a = one.creator_id
            and cast(split_part(drawn.graph, '|', 1) as date) = one.night
    left join audiences as other
        on
            drawn.member_b = other.creator_id
            and one.night = other.night
            and one.actor_user_id = other.actor_user_id
    group by one.night, drawn.graph, one.creator_id, drawn.member_b
),

scoped as (
    select
        shared.*,
        one.engagers,
        other.engagers as other_engagers,
        case when one.region = other.region then one.region else 'abroad' end as scope
    from shared
    inner join creators as one using (night, creator_id)
    inner join creators as other
        on
            shared.night = other.night and shared.other_creator_id = other.creator_id
),

int_audience_overlaps as (
    select
        * exclude (graph),
        cast(
            cast(shared_engagers as double)
            / (engagers + other_engagers - shared_engagers) as decimal(9, 6)
        ) as jaccard
    from scoped
    -- a pair drawn abroad is one of two regions
    where graph is null or split_part(graph, '|', 2) = scope
)

select * from int_audience_overlaps
