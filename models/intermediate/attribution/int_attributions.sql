-- The one live cause of loss of each subject, as known on a night. What speaks of the
-- subject itself goes before what speaks of a party, an analyst before evidence; then
-- the causes' order of precedence decides. One row per subject and night on which a
-- label of it came or changed.
with links as (
    select * from {{ ref('int_label_subjects') }}
    where night <= {{ to_night() }}
),

label_states as (
    {{ periods(ref('int_loss_labels'), 'statement_id', within='links') }}
),

touches as (
    select
        subject_type,
        subject_id,
        night
    from links
    where {{ in_range('night') }}
    union
    select
        links.subject_type,
        links.subject_id,
        label_states.night
    from links
    inner join label_states
        on
            links.statement_id = label_states.statement_id
            and links.night <= label_states.night
    where {{ in_range('label_states.night') }}
),

-- who may judge a cause first: later labels of equal standing overrule earlier ones
verdicts as (
    select
        touches.subject_type,
        touches.subject_id,
        touches.night,
        label_states.loss_type,
        label_states.is_confirmed,
        links.scope,
        label_states.authority
    from touches
    inner join links
        on
            touches.subject_type = links.subject_type
            and touches.subject_id = links.subject_id
            and touches.night >= links.night
    inner join label_states
        on
            links.statement_id = label_states.statement_id
            and touches.night >= label_states.night
            and (
                touches.night < label_states.until_night
                or label_states.until_night is null
            )
    where label_states.is_confirmed is not null
    qualify row_number() over (
            partition by
                touches.subject_type,
                touches.subject_id,
                touches.night,
                label_states.loss_type
            order by
                links.scope asc,
                label_states.authority asc,
                label_states.labelled_at desc,
                label_states.statement_id asc
        ) = 1
),

standing as (
    select
        verdicts.*,
        verdicts.loss_type = 'incentive_abuse' as is_incentive,
        row_number() over (
            partition by
                verdicts.subject_type,
                verdicts.subject_id,
                verdicts.night,
                verdicts.loss_type = 'incentive_abuse'
            order by verdicts.scope, verdicts.authority, loss_types.precedence
        ) as standing
    from verdicts
    inner join {{ ref('ref_loss_types') }} as loss_types
        on verdicts.loss_type = loss_types.loss_type
    where verdicts.is_confirmed
),

int_attributions as (
    select
        touches.subject_type,
        touches.subject_id,
        max(standing.loss_type) filter (where not standing.is_incentive) as loss_type,
        coalesce(
            bool_or(standing.scope = 0) filter (where not standing.is_incentive), false
        ) as is_named,
        coalesce(bool_or(standing.is_incentive), false) as is_incentive_abuse,
        touches.night
    from touches
    left join standing
        on
            touches.subject_type = standing.subject_type
            and touches.subject_id = standing.subject_id
            and touches.night = standing.night
            and standing.standing = 1
    group by touches.subject_type, touches.subject_id, touches.night
)

select * from int_attributions
