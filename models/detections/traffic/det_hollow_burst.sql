-- Grain: one row per piece of content and night that fired: a sudden crowd of new
-- accounts that watches nothing and clicks on nothing.
with bursts as (
    select * from {{ ref('ind_content_bursts') }}
    where {{ in_range('night') }} and missing_input is null
),

events as (
    select * from {{ ref('stg_engagement_events') }}
    where night <= {{ to_night() }}
),

policy as (
    {{ policy_in_force('TRF-03', [
        'min_history_days', 'min_surprise', 'min_usual_events', 'min_views',
        'max_click_z', 'min_new_account_z',
    ]) }}
),

hollow as (
    select
        bursts.*,
        policy.* exclude (policy.region, policy.business_line),
        greatest(bursts.usual_events_1h, policy.min_usual_events) as expected
    from bursts
    inner join policy on {{ policy_applies('bursts') }}
    where
        bursts.history_days >= policy.min_history_days
        and bursts.views_24h >= policy.min_views
        and bursts.watch_ratio <= bursts.low_watch_ratio
        and bursts.click_z <= policy.max_click_z
        and bursts.new_account_z >= policy.min_new_account_z
),

compared as (
    select
        *,
        {{ poisson_surprise('events_1h', 'expected') }} as surprise
    from hollow
),

-- the most surprising hour speaks for the night
fired as (
    select * from compared
    where surprise >= min_surprise
    qualify
        row_number() over (
            partition by entity_id, night order by surprise desc, hour_at asc
        ) = 1
),

behind as (
    select
        fired.entity_id,
        fired.night,
        {{ capped_objects('user', 'events.actor_user_id') }} as users,
        min(events.occurred_at) as first_event_at,
        max(events.occurred_at) as last_event_at
    from fired
    inner join events
        on
            fired.entity_id = events.content_id
            and fired.creator_id = events.creator_id
            and fired.hour_at = date_trunc('hour', events.occurred_at)
            and fired.night >= events.night
    group by fired.entity_id, fired.night
),

stakes as (
    {{ award_stakes('fired') }}
),

judged as (
    select
        fired.*,
        'views_without_interest' as reason_code,
        ['content:' || fired.entity_id, 'creator:' || fired.creator_id]
        || behind.users as evidence_objects,
        stakes.unpaid_audience_usd as amount_at_stake_usd,
        behind.first_event_at,
        behind.last_event_at
    from fired
    inner join behind using (entity_id, night)
    inner join stakes using (creator_id, night)
),

det_hollow_burst as (
    {{ detection_fires('judged', 'TRF-03', evidence={
        'events_1h': none, 'expected': none, 'surprise': 'min_surprise',
        'views_24h': 'min_views', 'watch_ratio': 'low_watch_ratio',
        'click_z': 'max_click_z', 'new_account_z': 'min_new_account_z',
        'new_account_share': none,
    }) }}
)

select * from det_hollow_burst
