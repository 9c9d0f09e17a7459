-- What a payout looked like: one row per payout and night on which its current version
-- changed.
with payouts as (
    select *
    from {{ ref('stg_payouts') }}
    where
        night <= {{ to_night() }}
        and {{ touched('payout_id', ref('stg_payouts')) }}
),

versions as (
    {{ became_current('payouts', ['payout_id']) }}
),

int_payout_states as (
    select
        payout_id,
        party_type,
        party_id,
        currency,
        status,
        amount_minor,
        status in ('paid', 'returned') as is_paid,
        status = 'returned' as is_returned,
        coalesce(paid_at, initiated_at) as left_us_at,
        coalesce(returned_at, paid_at, initiated_at) as came_back_at,
        night
    from versions
    where {{ in_range('night') }}
)

select * from int_payout_states
