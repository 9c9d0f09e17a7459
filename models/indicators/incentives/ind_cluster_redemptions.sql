-- Grain: one row per cluster with a redemption of a first-order promotion in 180 days
-- and night on which something about it changed: how many accounts of one person used
-- what everybody may use once, and what ties them.
with redemptions as (
    select * from {{ ref('int_cluster_redemptions') }}
    where {{ in_range('night') }}
),

users as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by user_id order by night
        ) as until_night
    from {{ ref('int_user_profiles') }}
    where
        night <= {{ to_night() }}
        and user_id in (select redemptions.user_id from redemptions)
),

counted as (
    select
        redemptions.cluster_id,
        redemptions.night,
        count(distinct redemptions.redemption_id) as redemptions_180d,
        count(distinct redemptions.user_id) as accounts_180d,
        {{ sum_if_all_known('redemptions.amount_usd', 'true') }} as amount_usd_180d,
        first(users.region order by users.opened_on, users.user_id) as region,
        min(users.opened_on) as opened_on,
        min(redemptions.redeemed_at) as first_event_at,
        max(redemptions.redeemed_at) as last_event_at
    from redemptions
    left join users
        on
            redemptions.user_id = users.user_id
            and redemptions.night >= users.night
            and redemptions.night < users.until_night
    group by redemptions.cluster_id, redemptions.night
),

shared as (
    select
        cluster_id,
        night,
        list(identifier_type order by identifier_type) as shared_types,
        count(*) filter (
            where identifier_type not in ('street', 'ip_prefix', 'name')
        ) as personal_types
    from {{ ref('int_cluster_shared_types') }}
    where {{ in_range('night') }}
    group by cluster_id, night
),

ind_cluster_redemptions as (
    select
        'cluster' as entity_type,
        counted.cluster_id as entity_id,
        counted.region,
        cast(null as varchar) as business_line,
        case when counted.opened_on is null then 'no_account' end as missing_input,
        cast(counted.night - counted.opened_on as integer) as history_days,
        counted.redemptions_180d,
        counted.accounts_180d,
        coalesce(len(shared.shared_types), 0) as shared_types,
        coalesce(shared.personal_types, 0) as personal_types,
        array_to_string(shared.shared_types, ', ') as shared_type_names,
        counted.amount_usd_180d,
        counted.night,
        counted.first_event_at,
        counted.last_event_at
    from counted
    left join shared using (cluster_id, night)
)

select * from ind_cluster_redemptions
