-- Grain: one row per region and baseline night, and one for everybody ('all'): the
-- amount that one in ten approved payments of 90 days does not exceed. Fewer than 200
-- such payments: no row.
with baselines as (
    {{ baseline_nights() }}
),

payments as (
    select
        *,
        cast(attempted_at as date) as attempted_on
    from {{ ref('int_payment_attempts') }}
    where
        night <= {{ to_night() }}
        and kind = 'authorisation'
        and result = 'approved'
        and amount_usd is not null
),

placed as (
    select
        payments.amount_usd,
        baselines.night,
        unnest([payments.region, 'all']) as peer_group
    from baselines
    inner join payments
        on
            baselines.night >= payments.night
            and baselines.night - 90 < payments.attempted_on
            and baselines.night >= payments.attempted_on
),

int_ticket_baselines as (
    select
        peer_group,
        count(*) as payments,
        cast(quantile_disc(amount_usd, 0.1) as decimal(18, 2)) as small_ticket_usd,
        night
    from placed
    where peer_group is not null
    group by peer_group, night
    having count(*) >= 200
)

select * from int_ticket_baselines
