-- Grain: one row per kind of party, region and baseline night: the percentiles of the
-- liveness scores that were let through in a year; kind and region 'all' is everyone.
with nights as (
    {{ baseline_nights() }}
),

checks as (
    select * from {{ ref('stg_kyc_checks') }}
    where
        check_type = 'liveness'
        and result != 'fail'
        and score is not null
        and night <= {{ to_night() }}
),

submissions as (
    select
        submission_id,
        party_type,
        party_type || ':' || party_id as party_key,
        min(night) as night
    from {{ ref('stg_kyc_submissions') }}
    where night <= {{ to_night() }}
    group by all
),

states as (
    {{ periods(ref('int_party_states'), 'party_key', within='submissions') }}
),

scored as (
    select
        submissions.party_type,
        states.region,
        checks.score,
        nights.night
    from nights
    inner join checks
        on
            nights.night >= checks.night
            and cast(checks.checked_at as date) > nights.night - 365
    inner join submissions
        on
            checks.submission_id = submissions.submission_id
            and nights.night >= submissions.night
    inner join states
        on
            submissions.party_key = states.party_key
            and nights.night >= states.night
            and nights.night < coalesce(states.until_night, date '9999-12-31')
),

-- every score counts among its peers and among everyone
grouped as (
    select party_type, region, score, night from scored
    union all
    select 'all' as party_type, 'all' as region, score, night from scored
),

int_liveness_baselines as (
    select
        party_type,
        region,
        count(*) as scored_checks,
        quantile_disc(
            score, list_transform(range(1, 100), lambda percent: percent / 100)
        ) as score_percentiles,
        night
    from grouped
    group by party_type, region, night
)

select * from int_liveness_baselines
