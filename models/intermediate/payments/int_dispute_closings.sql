-- Grain: one row per dispute that called a payment fraud and was decided, on the night
-- the first decision was known: won or lost. What was accepted or withdrawn was never
-- decided.
with positions as (
    select * from {{ ref('int_dispute_positions') }}
    where night <= {{ to_night() }}
),

touched as (
    select dispute_id from positions
    where {{ in_range('night') }} and stage in ('won', 'lost')
),

frauds as (
    select dispute_id, night from {{ ref('stg_dispute_events') }}
    where night <= {{ to_night() }} and reason_group = 'fraud'
),

firsts as (
    select
        dispute_id,
        min_by(stage, night) as outcome,
        min(night) as night
    from positions
    where
        stage in ('won', 'lost')
        and dispute_id in (select touched.dispute_id from touched)
    group by dispute_id
),

int_dispute_closings as (
    select * from firsts
    where
        {{ in_range('night') }}
        and exists (
            select 1 from frauds
            where
                frauds.dispute_id = firsts.dispute_id
                and frauds.night <= firsts.night
        )
)

select * from int_dispute_closings
