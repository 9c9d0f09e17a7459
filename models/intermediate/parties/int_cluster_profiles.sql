-- Grain: one row per identity cluster and night on which an account of it changed:
-- where it is at home and since when it is known, as its oldest account says.
with all_users as (
    select * from {{ ref('stg_users') }}
    where night <= {{ to_night() }}
),

members as (
    select * from {{ ref('int_cluster_members') }}
    where party_type = 'user'
    qualify row_number() over (partition by party_id order by night) = 1
),

touched as (
    select user_id from all_users
    where {{ in_range('night') }}
),

users as (
    select * from all_users
    where user_id in (select touched.user_id from touched)
),

states as (
    {{ became_current('users', ['user_id']) }}
),

int_cluster_profiles as (
    select
        coalesce(members.cluster_id, 'user:' || states.user_id) as cluster_id,
        states.region,
        cast(states.created_at as date) as opened_on,
        states.night
    from states
    left join members on states.user_id = members.party_id
    where {{ in_range('states.night') }}
    qualify row_number() over (
            partition by
                coalesce(members.cluster_id, 'user:' || states.user_id), states.night
            order by states.created_at, states.user_id
        ) = 1
)

select * from int_cluster_profiles
