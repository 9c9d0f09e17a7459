-- Loss cases of which less than nothing came back, or more than was lost, unless
-- mart_reconciliation_breaks says so; and claims of which it says so for no reason.
with cases as (
    select
        *,
        split_part(case_id, ':', 1) as case_type,
        recovered_minor < 0
        or recovered_minor > coalesce(gross_minor, 0) as is_beyond
    from {{ ref('int_loss_cases') }}
),

beyond as (
    select *
    from cases
    where is_beyond
),

flags as (
    select
        currency,
        subject_type,
        subject_id,
        excess_minor
    from {{ ref('mart_reconciliation_breaks') }}
    where cause in ('over_recovery', 'unknown_loss', 'write_off_above_claim')
)

select
    beyond.case_id,
    beyond.currency,
    beyond.gross_minor,
    beyond.recovered_minor,
    flags.subject_id as flagged_id
from beyond
full join flags
    on
        beyond.currency = flags.currency
        and substr(beyond.case_id, 2 + length(beyond.case_type)) = flags.subject_id
        and flags.subject_type = case beyond.case_type
            when 'refund' then 'refunds'
            when 'dispute' then 'dispute_events'
            when 'recovery' then 'recoveries'
            else beyond.case_type
        end
where beyond.case_id is null or flags.subject_id is null
