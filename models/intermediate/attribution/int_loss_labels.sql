-- What is said about the cause of a loss. The current version of a label is all it
-- says: one that names another target, cause or time ends the statement before it and
-- makes a new one. One row per statement and night on which what it says changed.
with versions as (
    select *
    from {{ ref('int_label_versions') }}
    where
        night <= {{ to_night() }}
        and {{ touched('label_id', ref('int_label_versions')) }}
),

statements as (
    select
        *,
        if(loss_type is null, null, concat_ws(
            '|', label_id, target_type, target_id, loss_type, labelled_at
        )) as statement_id
    from versions
),

followed as (
    select
        * replace (cast(null as boolean) as is_confirmed),
        lead(statement_id) over so_far as next_statement_id,
        lead(night) over so_far as next_night
    from statements
    window so_far as (partition by label_id order by night)
),

int_loss_labels as (
    select *
    from statements
    where statement_id is not null and {{ in_range('night') }}
    union all by name
    select * exclude (next_statement_id, next_night) replace (next_night as night)
    from followed
    where
        statement_id is not null
        and statement_id is distinct from next_statement_id
        and {{ in_range('next_night') }}
)

select * from int_loss_labels
