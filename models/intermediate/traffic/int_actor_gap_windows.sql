-- Grain: one row per actor, hour and night judged: the gaps between the acts of the 24
-- hours that end with the hour's last act. A night judges every window that holds an
-- act which arrived that night, from what had arrived by then.
with events as (
    select
        *,
        cast(occurred_at as date) as event_date
    from {{ ref('stg_engagement_events') }}
    where night <= {{ to_night() }}
),

touched_dates as (
    select distinct
        events.actor_user_id,
        events.night,
        events.event_date + reach.days as event_date
    from events
    cross join (values (-1), (0), (1)) as reach (days)
    where {{ in_range('events.night') }}
),

acts as (
    select
        events.actor_user_id,
        events.event_date,
        events.occurred_at,
        events.night = touched_dates.night as is_new,
        touched_dates.night,
        lag(events.occurred_at) over (
            partition by events.actor_user_id, touched_dates.night
            order by events.occurred_at, events.event_id
        ) as previous_at
    from touched_dates
    inner join events
        on
            touched_dates.actor_user_id = events.actor_user_id
            and touched_dates.event_date = events.event_date
            and touched_dates.night >= events.night
),

window_ends as (
    select
        actor_user_id,
        event_date,
        night,
        date_trunc('hour', occurred_at) as hour_at,
        max(occurred_at) as last_event_at
    from acts
    group by all
),

-- a gap is in the window when both its acts are
window_acts as (
    select
        window_ends.actor_user_id,
        window_ends.night,
        window_ends.hour_at,
        window_ends.last_event_at,
        case
            when acts.previous_at > window_ends.last_event_at - interval 24 hours
                then epoch_ms(acts.occurred_at) - epoch_ms(acts.previous_at)
        end as gap_ms,
        acts.is_new,
        acts.occurred_at
    from window_ends
    cross join (values (0), (1)) as reach (days)
    inner join acts
        on
            window_ends.actor_user_id = acts.actor_user_id
            and window_ends.night = acts.night
            and window_ends.event_date - reach.days = acts.event_date
            and window_ends.last_event_at >= acts.occurred_at
            and window_ends.last_event_at - interval 24 hours < acts.occurred_at
),

gap_seconds as (
    select
        actor_user_id,
        night,
        hour_at,
        last_event_at,
        gap_ms // 1000 as gap_second,
        count(*) as acts,
        count(gap_ms) as gaps,
        sum(gap_ms) as gap_ms_sum,
        sum(cast(gap_ms as decimal(18, 0)) * gap_ms) as gap_ms_square_sum,
        bool_or(is_new) as is_new,
        min(occurred_at) as first_event_at
    from window_acts
    group by all
),

int_actor_gap_windows as (
    select
        actor_user_id,
        cast(sum(acts) as bigint) as actions,
        cast(sum(gaps) as bigint) as gaps,
        cast(max(gaps) as bigint) as modal_gaps,
        cast(coalesce(sum(gap_ms_sum), 0) as bigint) as gap_ms_sum,
        cast(
            coalesce(sum(gap_ms_square_sum), 0) as decimal(38, 0)
        ) as gap_ms_square_sum,
        night,
        hour_at,
        min(first_event_at) as first_event_at,
        last_event_at
    from gap_seconds
    group by actor_user_id, night, hour_at, last_event_at
    having bool_or(is_new)
)

select * from int_actor_gap_windows
