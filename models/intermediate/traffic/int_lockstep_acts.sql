-- Grain: one row per baseline night, account in a lockstep cluster and content it acted
-- on in the seven days before. Accounts are tied when they act on several of the same
-- contents within two hours of each other; contents that everybody acts on tie nobody.
-- Clusters cross regions: TRF-01's policy for all of them says what several is.
{%- set of_the_night -%}
    select baselines.{} from baselines where baselines.night = compared.graph
{%- endset %}
with all_nights as (
    {{ baseline_nights() }}
),

nights as (
    select
        night,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line
    from all_nights
),

policy as (
    {{ policy_in_force('TRF-01', [
        'together_s', 'hot_target_share', 'min_shared_targets', 'min_shared_share'
    ]) }}
),

baselines as (
    select
        nights.night,
        policy.* exclude (policy.region, policy.business_line)
    from nights
    inner join policy on {{ policy_applies('nights') }}
),

events as (
    select * from {{ ref('stg_engagement_events') }}
    where
        night <= {{ to_night() }}
        and occurred_at >= {{ from_night() }} - 7
        and content_id is not null
),

week_acts as (
    select
        baselines.*,
        events.* exclude (events.night)
    from baselines
    inner join events
        on
            baselines.night >= events.night
            and baselines.night >= cast(events.occurred_at as date)
            and baselines.night < cast(events.occurred_at as date) + 7
),

popularity as (
    select
        night,
        content_id,
        count(distinct actor_user_id) as actors,
        rank() over (
            partition by night order by count(distinct actor_user_id) desc
        ) <= min(hot_target_share) * count(*) over (partition by night) as is_hot
    from week_acts
    group by night, content_id
),

cold_acts as (
    select
        week_acts.night as graph,
        cast(week_acts.together_s as bigint) as together_s,
        popularity.actors,
        week_acts.actor_user_id as actor,
        week_acts.content_id as target,
        week_acts.creator_id,
        week_acts.occurred_at as acted_at
    from week_acts
    inner join popularity using (night, content_id)
    where not popularity.is_hot
),

pairs as (
    {{ lockstep_pairs(
        'cold_acts', window_s='together_s', max_target_actors='actors',
        min_shared='(' ~ of_the_night.format('min_shared_targets') ~ ')',
        min_jaccard='(' ~ of_the_night.format('min_shared_share') ~ ')'
    ) }}
),

components as (
    {{ connected_components('pairs') }}
),

members as (
    select
        components.*,
        count(*) as partners
    from components
    inner join pairs
        on
            components.graph = pairs.graph
            and components.item in (pairs.item_a, pairs.item_b)
    group by all
),

int_lockstep_acts as (
    select
        members.component as cluster_name,
        members.item as user_id,
        cold_acts.target as content_id,
        min(cold_acts.creator_id) as creator_id,
        min(members.partners) as partners,
        members.graph as night,
        min(cold_acts.acted_at) as first_event_at,
        max(cold_acts.acted_at) as last_event_at
    from members
    inner join cold_acts
        on members.graph = cold_acts.graph and members.item = cold_acts.actor
    group by members.graph, members.component, members.item, cold_acts.target
)

select * from int_lockstep_acts
