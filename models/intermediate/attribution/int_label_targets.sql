{{ config(materialized='view') }}

-- What a label was first given to and when: one row per label.
with int_label_targets as (
    select *
    from {{ ref('int_loss_labels') }}
    qualify row_number() over (partition by label_id order by night) = 1
)

select * from int_label_targets
