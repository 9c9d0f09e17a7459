-- The cause of what a subject lost, as known on a night: what labels say, else payment
-- fraud for all it lost once it has lost a dispute. One row per subject and night on
-- which either came or changed.
with attributions as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by subject_type, subject_id order by night
        ) as until_night
    from {{ ref('int_attributions') }}
    where night <= {{ to_night() }}
),

disputed as (
    select
        subject_type,
        subject_id,
        min(night) as night
    from {{ ref('int_attributable_lines') }}
    where
        night <= {{ to_night() }}
        and source_table = 'dispute_events'
        and part in ('loss', 'seller')
    group by subject_type, subject_id
),

changes as (
    select
        subject_type,
        subject_id,
        night
    from attributions
    where {{ in_range('night') }}
    union
    select
        subject_type,
        subject_id,
        night
    from disputed
    where {{ in_range('night') }}
),

int_loss_causes as (
    select
        changes.subject_type,
        changes.subject_id,
        attributions.loss_type as labelled_type,
        coalesce(
            attributions.loss_type,
            case when disputed.subject_id is not null then 'payment_fraud' end
        ) as loss_type,
        coalesce(attributions.is_named, false) as is_named,
        coalesce(attributions.is_incentive_abuse, false) as is_incentive_abuse,
        changes.night
    from changes
    left join attributions
        on
            changes.subject_type = attributions.subject_type
            and changes.subject_id = attributions.subject_id
            and changes.night >= attributions.night
            and changes.night < attributions.until_night
    left join disputed
        on
            changes.subject_type = disputed.subject_type
            and changes.subject_id = disputed.subject_id
            and changes.night >= disputed.night
)

select * from int_loss_causes
