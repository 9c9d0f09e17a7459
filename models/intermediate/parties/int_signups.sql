-- Grain: one row per user, on the night its first row arrived: when, where and from
-- which device and network it signed up.
with users as (
    select
        *,
        min(night) over (partition by user_id) as first_night
    from {{ ref('stg_users') }}
    where night <= {{ to_night() }} and {{ touched('user_id', ref('stg_users')) }}
),

first_versions as (
    select * from users
    where night = first_night and {{ in_range('first_night') }}
    qualify row_number() over (partition by user_id order by record_seq) = 1
),

int_signups as (
    select
        user_id,
        signup_device_id as device_id,
        region,
        account_type,
        signup_ip_prefix_hash as ip_prefix_hash,
        night,
        created_at
    from first_versions
)

select * from int_signups
