-- What each attributable line of a subject amounts to and the cause it has, as known on
-- a night: one row per subject, night on which a line or its cause changed, and line.
-- An item that lost a dispute has one cause for all it lost, labelled or not.
with attributions as (
    select * from {{ ref('int_attributions') }}
    where night <= {{ to_night() }}
),

arrived as (
    select * from {{ ref('int_attributable_lines') }}
    where night <= {{ to_night() }}
),

disputed as (
    select
        subject_type,
        subject_id,
        min(night) as night
    from arrived
    where source_table = 'dispute_events' and part in ('loss', 'seller')
    group by subject_type, subject_id
),

causes as (
    select
        subject_type,
        subject_id,
        night
    from attributions
    union
    select
        subject_type,
        subject_id,
        night
    from disputed
),

lines as (
    select arrived.*
    from arrived
    semi join causes
        on
            arrived.subject_type = causes.subject_type
            and arrived.subject_id = causes.subject_id
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

labelled as (
    select
        amounts.subject_type,
        amounts.subject_id,
        amounts.night,
        max_by([attributions.loss_type], attributions.night)[1] as loss_type,
        max_by(attributions.is_named, attributions.night) as is_named,
        max_by(attributions.is_incentive_abuse, attributions.night)
            as is_incentive_abuse
    from (select distinct subject_type, subject_id, night from amounts) as amounts
    inner join attributions
        on
            amounts.subject_type = attributions.subject_type
            and amounts.subject_id = attributions.subject_id
            and amounts.night >= attributions.night
    group by amounts.subject_type, amounts.subject_id, amounts.night
),

int_attribution_states as (
    select
        amounts.*,
        labelled.loss_type as labelled_type,
        coalesce(
            labelled.loss_type,
            case when disputed.subject_id is not null then 'payment_fraud' end
        ) as loss_type,
        coalesce(labelled.is_named, false) as is_named,
        coalesce(labelled.is_incentive_abuse, false) as is_incentive_abuse
    from amounts
    left join labelled
        on
            amounts.subject_type = labelled.subject_type
            and amounts.subject_id = labelled.subject_id
            and amounts.night = labelled.night
    left join disputed
        on
            amounts.subject_type = disputed.subject_type
            and amounts.subject_id = disputed.subject_id
            and amounts.night >= disputed.night
)

select * from int_attribution_states
