-- Grain: one row per piece of content and night on which it changed: whose it is, of
-- which kind and how long. A live room has a length once it has ended.
with all_content as (
    select * from {{ ref('stg_content') }}
    where night <= {{ to_night() }}
),

touched as (
    select content_id from all_content
    where {{ in_range('night') }}
),

content as (
    select * from all_content
    where content_id in (select touched.content_id from touched)
),

states as (
    {{ became_current('content', ['content_id']) }}
),

int_content_profiles as (
    select
        content_id,
        creator_id,
        content_type,
        coalesce(
            cast(duration_s as bigint) * 1000,
            epoch_ms(ended_at) - epoch_ms(published_at)
        ) as duration_ms,
        night
    from states
    where {{ in_range('night') }}
)

select * from int_content_profiles
