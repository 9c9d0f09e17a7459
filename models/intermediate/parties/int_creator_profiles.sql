-- Grain: one row per creator and night on which it changed: whose account it is, where
-- it is at home and since when it is known.
with all_creators as (
    select * from {{ ref('stg_creators') }}
    where night <= {{ to_night() }}
),

touched as (
    select creator_id from all_creators
    where {{ in_range('night') }}
),

creators as (
    select * from all_creators
    where creator_id in (select touched.creator_id from touched)
),

states as (
    {{ became_current('creators', ['creator_id']) }}
),

int_creator_profiles as (
    select
        creator_id,
        user_id,
        agency_id,
        region,
        cast(onboarded_at as date) as onboarded_on,
        night
    from states
    where {{ in_range('night') }}
)

select * from int_creator_profiles
