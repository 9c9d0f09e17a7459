-- Grain: one row per user account and night on which it changed: where it is at home,
-- what kind of account it is and since when it exists.
with all_users as (
    select * from {{ ref('stg_users') }}
    where night <= {{ to_night() }}
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

int_user_profiles as (
    select
        user_id,
        region,
        account_type,
        cast(created_at as date) as opened_on,
        night,
        created_at
    from states
    where {{ in_range('night') }}
)

select * from int_user_profiles
