{{ config(materialized='view') }}

-- What a statement of a label speaks of, which never changes, from the night it was
-- first made. One row per statement.
with int_label_targets as (
    select *
    from {{ ref('int_loss_labels') }}
    qualify row_number() over (partition by statement_id order by night) = 1
)

select * from int_label_targets
