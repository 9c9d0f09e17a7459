-- Grain: one row per identity cluster and night on which a seller or creator of it
-- taken on in 14 days arrived or joined it: how many people, what they share, how
-- regular and how sudden they came.
with members as (
    select * from {{ ref('int_onboarding_members') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('KYC-03', ['min_member_share', 'min_usual_onboardings']) }}
),

worth as (
    {{ seller_stakes('members') }}
),

people as (
    select
        cluster_id,
        night,
        person_key,
        min(onboarded_at) as onboarded_at
    from members
    where is_new
    group by cluster_id, night, person_key
),

gaps as (
    select
        *,
        date_diff('second', lag(onboarded_at) over (
            partition by cluster_id, night order by onboarded_at, person_key
        ), onboarded_at) as gap
    from people
),

rhythms as (
    select
        cluster_id,
        night,
        count(*) as people_14d,
        count(gap) as gaps,
        cast(sum(gap) as decimal(38, 0)) as gap_sum,
        cast(sum(cast(gap as decimal(18, 0)) * gap) as decimal(38, 0))
            as gap_square_sum
    from gaps
    group by cluster_id, night
),

counted as (
    select
        members.cluster_id,
        members.night,
        min_by(members.region, (members.onboarded_at, members.party_key))
        filter (where members.is_new) as region,
        min_by(members.business_line, (members.onboarded_at, members.party_key))
        filter (where members.is_new) as business_line,
        count(*) filter (where members.is_new) as accounts_14d,
        count(*) filter (where not members.is_new) as accounts_before,
        {{ sum_if_all_known('worth.owed_usd', 'members.is_new') }} as owed_usd,
        list(members.party_key) filter (where members.is_new) as parties,
        list(members.person_key) filter (where members.is_new) as owners,
        min(members.onboarded_at) filter (where members.is_new) as first_event_at,
        max(members.onboarded_at) filter (where members.is_new) as last_event_at
    from members
    inner join worth
        on members.party_key = worth.party_key and members.night = worth.night
    group by members.cluster_id, members.night
    having count(*) filter (where members.is_new) > 0
),

judged as (
    select
        counted.*,
        rhythms.* exclude (cluster_id, night), -- noqa: RF02
        greatest(counted.accounts_before * 14.0 / 180, policy.min_usual_onboardings)
            as usual_accounts,
        (
            select count(*)
            from {{ ref('int_onboarding_shared_types') }} as shared
            where
                counted.cluster_id = shared.cluster_id
                and counted.night = shared.night
                and shared.people >= policy.min_member_share * rhythms.people_14d
        ) as shared_types
    from counted
    inner join rhythms
        on counted.cluster_id = rhythms.cluster_id and counted.night = rhythms.night
    inner join policy on {{ policy_applies('counted') }}
),

ind_onboarding_groups as (
    select
        'cluster' as entity_type,
        cluster_id as entity_id,
        region,
        business_line,
        case when owed_usd is null then 'no_fx' end as missing_input,
        0 as history_days,
        cast(people_14d as integer) as people_14d,
        cast(accounts_14d as integer) as accounts_14d,
        cast(shared_types as integer) as shared_types,
        {{ gap_variation('gaps', 'gap_sum', 'gap_square_sum') }} as gap_cv,
        {{ poisson_surprise('people_14d', 'usual_accounts') }} as surprise,
        cast(coalesce(owed_usd, 0) as decimal(18, 2)) as owed_usd,
        list_slice(
            list_sort(list_distinct(list_concat(parties, owners))), 1, 200
        ) as evidence_objects,
        night,
        first_event_at,
        last_event_at
    from judged
)

select * from ind_onboarding_groups
