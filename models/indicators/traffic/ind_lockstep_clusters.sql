-- Grain: one row per lockstep cluster of accounts and baseline night: how many they
-- are, how closely they are tied and how many of them are new.
with acts as (
    select * from {{ ref('int_lockstep_acts') }}
    where {{ in_range('night') }}
),

members as (
    select
        cluster_name,
        user_id,
        min(partners) as partners,
        night,
        min(first_event_at) as first_event_at,
        max(last_event_at) as last_event_at
    from acts
    group by cluster_name, user_id, night
),

profiles as (
    {{ periods(ref('int_user_profiles'), 'user_id', within='members') }}
),

policy as (
    {{ policy_in_force('TRF-01', ['max_account_days']) }}
),

known_members as (
    select
        members.*,
        profiles.region,
        cast(null as varchar) as business_line,
        members.night - profiles.opened_on as account_days
    from members
    left join profiles
        on
            members.user_id = profiles.user_id
            and members.night >= profiles.night
            and members.night < coalesce(profiles.until_night, date '9999-12-31')
),

dated as (
    select
        known_members.*,
        known_members.account_days <= policy.max_account_days as is_new_account
    from known_members
    inner join policy on {{ policy_applies('known_members') }}
),

ind_lockstep_clusters as (
    select
        'lockstep_cluster' as entity_type,
        cluster_name as entity_id,
        min(region) filter (where user_id = cluster_name) as region,
        cast(null as varchar) as business_line,
        case when count(account_days) = 0 then 'no_account' end as missing_input,
        cast(night - min(cast(first_event_at as date)) + 1 as integer) as history_days,
        count(*) as accounts,
        cast(sum(partners) / count(*) as decimal(9, 4)) as mean_partners,
        count(*) filter (where is_new_account) as new_accounts,
        cast(
            cast(count(*) filter (where is_new_account) as double)
            / nullif(count(account_days), 0) as decimal(9, 6)
        ) as new_account_share,
        night,
        min(first_event_at) as first_event_at,
        max(last_event_at) as last_event_at
    from dated
    group by cluster_name, night
)

select * from ind_lockstep_clusters
