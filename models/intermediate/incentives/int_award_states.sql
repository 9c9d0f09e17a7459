-- Grain: one row per award and night on which it changed: what the creator reached and
-- the tier it was given for.
with all_awards as (
    select * from {{ ref('stg_creator_awards') }}
    where night <= {{ to_night() }}
),

touched as (
    select award_id from all_awards
    where {{ in_range('night') }}
),

awards as (
    select * from all_awards
    where award_id in (select touched.award_id from touched)
),

states as (
    {{ became_current('awards', ['award_id']) }}
),

int_award_states as (
    select
        award_id,
        creator_id,
        program_id,
        metric,
        currency,
        status,
        award_minor,
        cast(metric_value as decimal(28, 4)) as metric_value,
        cast(tier_threshold as decimal(28, 4)) as tier_threshold,
        period_start,
        period_end,
        night,
        awarded_at
    from states
    where {{ in_range('night') }}
)

select * from int_award_states
