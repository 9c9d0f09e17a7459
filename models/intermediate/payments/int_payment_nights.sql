-- Grain: one row per night on which payment attempts arrived: the earliest day they
-- tell of, for how far back the platform's payments are known.
with attempts as (
    select * from {{ ref('stg_payment_attempts') }}
    where {{ in_range('night') }}
),

int_payment_nights as (
    select
        night,
        min(cast(attempted_at as date)) as first_attempted_on
    from attempts
    group by night
)

select * from int_payment_nights
