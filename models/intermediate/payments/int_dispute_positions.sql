-- Grain: one row per dispute and night on which a stage of it arrived, with where it
-- stood at the end of that night. What is charged back is the money that left and has
-- not come back, nothing once it is won or withdrawn.
with all_events as (
    select * from {{ ref('stg_dispute_events') }}
    where night <= {{ to_night() }}
),

touched as (
    select dispute_id from all_events
    where {{ in_range('night') }}
),

events as (
    select * from all_events
    where dispute_id in (select touched.dispute_id from touched)
),

-- the stage a dispute stands at is its highest number, whatever arrived last
stages as (
    select *
    from events
    qualify stage_seq = max(stage_seq) over (partition by dispute_id order by night)
),

standing as (
    {{ periods('stages', 'dispute_id', within='events') }}
),

totals as (
    select
        dispute_id,
        night,
        sum(sum(cash_effect_minor)) over so_far as cash_minor,
        min(min(occurred_at)) over so_far as opened_at,
        max(max(occurred_at)) over so_far as last_event_at
    from events
    group by dispute_id, night
    window so_far as (partition by dispute_id order by night)
),

int_dispute_positions as (
    select
        totals.dispute_id,
        standing.payment_id,
        standing.stage,
        standing.currency,
        cast(case
            when standing.stage in ('won', 'withdrawn') then 0
            else greatest(-totals.cash_minor, 0)
        end as bigint) as charged_back_minor,
        totals.night,
        totals.opened_at,
        totals.last_event_at
    from totals
    inner join standing
        on
            totals.dispute_id = standing.dispute_id
            and totals.night >= standing.night
            and (totals.night < standing.until_night or standing.until_night is null)
    where {{ in_range('totals.night') }}
)

select * from int_dispute_positions
