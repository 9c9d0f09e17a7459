-- What disputes of an order lost, and what came back: one row per dispute, currency and
-- night on which its loss changed. A dispute that is still open has lost nothing.
with steps as (
    select *
    from {{ ref('int_ledger_dispute_steps') }}
    where
        night <= {{ to_night() }}
        and order_id is not null
        and {{ touched('dispute_id', ref('int_ledger_dispute_steps')) }}
),

latest as (
    select *
    from steps
    qualify
        row_number() over (
            partition by dispute_id, currency, night
            order by stage_seq desc, step_no desc
        ) = 1
),

changes as (
    select
        *,
        lost_minor - lag(lost_minor, 1, 0) over (
            partition by dispute_id, order_id, currency order by night
        ) as change_minor
    from latest
),

int_exposure_chargebacks as (
    select
        dispute_id,
        order_id,
        currency,
        cast(change_minor as bigint) as amount_minor,
        event_at as occurred_at,
        night
    from changes
    where {{ in_range('night') }} and change_minor != 0
)

select * from int_exposure_chargebacks
