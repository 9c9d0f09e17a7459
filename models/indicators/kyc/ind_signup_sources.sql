-- Grain: one row per device or network with two or more sign-ups in 30 days and night
-- on which something about them arrived: how many people, how quick, how regular, how
-- many more than before.
with signups as (
    select
        *,
        case
            when is_in_window
                then date_diff('second', lag(created_at) over (
                        partition by source_type, source_id, night, is_in_window
                        order by created_at, user_id
                    ), created_at)
        end as gap
    from {{ ref('int_signup_sources') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('KYC-07', ['min_usual_signups', 'min_usual_days']) }}
),

acts as (
    select * from {{ ref('int_signup_source_acts') }}
    where {{ in_range('night') }}
),

people as (
    select * from {{ ref('int_signup_source_people') }}
    where {{ in_range('night') }}
),

counted as (
    select
        source_type,
        source_id,
        min_by(region, (created_at, user_id)) filter (where is_in_window) as region,
        cast(null as varchar) as business_line,
        count(*) filter (where is_in_window) as signups_30d,
        count(*) filter (where not is_in_window) as signups_before,
        cast(night - min(cast(created_at as date)) as integer) as history_days,
        count(gap) as gaps,
        cast(sum(gap) as decimal(38, 0)) as gap_sum,
        cast(sum(cast(gap as decimal(18, 0)) * gap) as decimal(38, 0))
            as gap_square_sum,
        list('user:' || user_id order by user_id) filter (where is_in_window) as users,
        min(created_at) filter (where is_in_window) as first_event_at,
        max(created_at) filter (where is_in_window) as last_event_at,
        night
    from signups
    group by source_type, source_id, night
),

-- what is usual is known once there are days enough before the 30 of the window
expected as (
    select
        counted.*,
        case
            when counted.history_days >= 30 + policy.min_usual_days
                then greatest(
                        30.0 * counted.signups_before
                        / least(counted.history_days - 30, 90),
                        policy.min_usual_signups
                    )
        end as usual_signups
    from counted
    inner join policy on {{ policy_applies('counted') }}
),

ind_signup_sources as (
    select
        expected.source_type as entity_type,
        expected.source_id as entity_id,
        expected.region,
        expected.business_line,
        case
            when acts.source_id is not null and acts.amount_usd is null then 'no_fx'
        end as missing_input,
        expected.history_days,
        cast(expected.signups_30d as integer) as signups_30d,
        cast(people.people as integer) as people_30d,
        cast(
            coalesce(acts.quick_users, 0) / expected.signups_30d as decimal(5, 4)
        ) as quick_share,
        {{ gap_variation(
            'expected.gaps', 'expected.gap_sum', 'expected.gap_square_sum'
        ) }} as gap_cv,
        {{ poisson_surprise('expected.signups_30d', 'expected.usual_signups') }}
            as surprise,
        coalesce(acts.amount_usd, 0) as stake_usd,
        list_sort(list_concat(
            [expected.source_type || ':' || expected.source_id],
            list_slice(expected.users, 1, 200),
            list_slice(coalesce(acts.orders, []), 1, 200)
        )) as evidence_objects,
        expected.night,
        expected.first_event_at,
        expected.last_event_at
    from expected
    inner join people
        on
            expected.source_type = people.source_type
            and expected.source_id = people.source_id
            and expected.night = people.night
    left join acts
        on
            expected.source_type = acts.source_type
            and expected.source_id = acts.source_id
            and expected.night = acts.night
)

select * from ind_signup_sources
