-- What each attributable line of a subject amounts to and the cause it has, as known on
-- a night: one row per subject that has had a cause, night on which a line or its cause
-- changed, and line.
with causes as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by subject_type, subject_id order by night
        ) as until_night
    from {{ ref('int_loss_causes') }}
    where night <= {{ to_night() }}
),

subjects as (
    select distinct
        subject_type,
        subject_id
    from causes
),

lines as (
    select lines.*
    from {{ ref('int_attributable_lines') }} as lines
    inner join subjects
        on
            lines.subject_type = subjects.subject_type
            and lines.subject_id = subjects.subject_id
    where lines.night <= {{ to_night() }}
),

nights as (
    select
        subject_type,
        subject_id,
        night
    from lines
    where {{ in_range('night') }}
    union
    select
        subject_type,
        subject_id,
        night
    from causes
    where {{ in_range('night') }}
),

amounts as (
    select
        lines.* exclude (borne_minor, night),
        sum(lines.borne_minor) as borne_minor,
        nights.night
    from nights
    inner join lines
        on
            nights.subject_type = lines.subject_type
            and nights.subject_id = lines.subject_id
            and nights.night >= lines.night
    group by all
),

-- a night before the first cause has none to join, and no row
int_attribution_states as (
    select
        amounts.*,
        causes.labelled_type,
        causes.loss_type,
        causes.is_named,
        causes.is_incentive_abuse
    from amounts
    inner join causes
        on
            amounts.subject_type = causes.subject_type
            and amounts.subject_id = causes.subject_id
            and amounts.night >= causes.night
            and amounts.night < causes.until_night
)

select * from int_attribution_states
