-- Grain: one row per identity cluster and night on which its accounts, or one of them,
-- changed: where it is at home and since when it is known, as its oldest account says.
with all_users as (
    select * from {{ ref('stg_users') }}
    where night <= {{ to_night() }}
),

all_members as (
    select * from {{ ref('int_cluster_members') }}
    where party_type = 'user' and night <= {{ to_night() }}
),

touched_users as (
    select user_id from all_users
    where {{ in_range('night') }}
    union
    select party_id as user_id from all_members
    where {{ in_range('night') }}
),

touched_clusters as (
    select distinct cluster_id
    from all_members
    where party_id in (select touched_users.user_id from touched_users)
),

accounts as (
    select distinct party_id as user_id
    from all_members
    where cluster_id in (select touched_clusters.cluster_id from touched_clusters)
),

versions as (
    select * from all_users
    where user_id in (select accounts.user_id from accounts)
),

states as (
    {{ became_current('versions', ['user_id']) }}
),

state_periods as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by user_id order by night
        ) as until_night
    from states
),

member_periods as (
    select
        cluster_id,
        party_id as user_id,
        night,
        lead(night, 1, date '9999-12-31') over (
            partition by party_id order by night
        ) as until_night
    from all_members
    where party_id in (select accounts.user_id from accounts)
),

known as (
    select
        member_periods.cluster_id,
        state_periods.user_id,
        state_periods.region,
        state_periods.created_at,
        greatest(state_periods.night, member_periods.night) as night,
        least(state_periods.until_night, member_periods.until_night) as until_night
    from member_periods
    inner join state_periods
        on
            member_periods.user_id = state_periods.user_id
            and member_periods.night < state_periods.until_night
            and member_periods.until_night > state_periods.night
),

nights as (
    select cluster_id, night from known
    union
    select cluster_id, until_night as night from known
),

int_cluster_profiles as (
    select
        nights.cluster_id,
        known.region,
        cast(known.created_at as date) as opened_on,
        nights.night
    from nights
    inner join known
        on
            nights.cluster_id = known.cluster_id
            and nights.night >= known.night
            and nights.night < known.until_night
    where {{ in_range('nights.night') }}
    qualify row_number() over (
            partition by nights.cluster_id, nights.night
            order by known.created_at, known.user_id
        ) = 1
)

select * from int_cluster_profiles
