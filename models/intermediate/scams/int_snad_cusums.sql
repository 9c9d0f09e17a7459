-- Grain: one row per seller or listing and night on which a claim of not described or
-- counterfeit goods arrived: the upper CUSUM of its claims a day over 60 days, beside
-- what its own 60 days before and its peers let expect.
with claims as (
    select
        claims.*,
        unnest(['seller:' || claims.seller_id, 'sku:' || claims.sku_id]) as entity_key,
        coalesce(recalled.night, date '9999-12-31') as until_night
    from {{ ref('int_snad_claims') }} as claims
    left join {{ ref('int_recalled_snad_claims') }} as recalled
        on claims.order_item_id = recalled.order_item_id
    where claims.night <= {{ to_night() }}
),

arrived as (
    select distinct entity_key, night from claims
    where {{ in_range('night') }}
),

rates as (
    select rates.*
    from {{ ref('int_snad_rates') }} as rates
    inner join arrived
        on rates.entity_key = arrived.entity_key and rates.night = arrived.night
    where rates.peer_snad_rate is not null
),

policy as (
    {{ policy_in_force('SCM-03', ['min_usual_claims', 'cusum_slack']) }}
),

counted as (
    select
        rates.entity_key,
        rates.night,
        claims.claimed_on,
        count(*) as claims
    from rates
    inner join claims
        on
            rates.entity_key = claims.entity_key
            and rates.night >= claims.night
            and rates.night >= claims.claimed_on
            and rates.night - 120 < claims.claimed_on
            and rates.night < claims.until_night
    group by rates.entity_key, rates.night, claims.claimed_on
),

before_window as (
    select
        entity_key,
        night,
        sum(claims) as claims
    from counted
    where claimed_on <= night - 60
    group by entity_key, night
),

expected as (
    select
        rates.entity_key,
        rates.night,
        policy.cusum_slack,
        cast(greatest(
            coalesce(before_window.claims, 0) / 60.0,
            rates.peer_snad_rate * rates.items_60d / 60.0,
            policy.min_usual_claims
        ) as decimal(18, 6)) as usual_claims
    from rates
    inner join policy on {{ policy_applies('rates') }}
    left join before_window
        on
            rates.entity_key = before_window.entity_key
            and rates.night = before_window.night
),

steps as (
    select
        expected.entity_key,
        expected.night,
        expected.usual_claims,
        after.days,
        coalesce(counted.claims, 0) as claims,
        {{ poisson_cusum_step(
            'coalesce(counted.claims, 0)', 'expected.usual_claims', 'expected.cusum_slack'
        ) }} as step
    from expected
    cross join range(60) as after (days)
    left join counted
        on
            expected.entity_key = counted.entity_key
            and expected.night = counted.night
            and expected.night - 59 + cast(after.days as integer) = counted.claimed_on
),

running as (
    select
        *,
        sum(step) over (
            partition by entity_key, night order by days
        ) as walked
    from steps
),

int_snad_cusums as (
    select
        entity_key,
        cast(sum(claims) as bigint) as claims_60d,
        min(usual_claims) as usual_claims,
        cast(sum(step) - least(0, min(walked)) as decimal(18, 6)) as cusum,
        night
    from running
    group by entity_key, night
)

select * from int_snad_cusums
