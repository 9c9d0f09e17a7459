-- Grain: one row per device or network and night: how many people its users of the last
-- 30 days are, when what joins two of them is not the device or network itself.
with members as (
    select *, 'user:' || user_id as party_key
    from {{ ref('int_signup_sources') }}
    where is_in_window and {{ in_range('night') }}
),

all_links as (
    select * from {{ ref('int_identity_links') }}
    where
        carries_join
        and weight > 0
        and identifier_type not in ('device', 'ip_prefix')
        and night <= {{ to_night() }}
),

links as (
    select party_a as party_key, party_b as other_key, night from all_links
    union all
    select party_b as party_key, party_a as other_key, night from all_links
),

-- who shares a card, a number, a mailbox, a document with an earlier user is nobody new
known_before as (
    select distinct
        later.source_type,
        later.source_id,
        later.user_id,
        later.night
    from members as later
    inner join links
        on later.party_key = links.party_key and later.night >= links.night
    inner join members as earlier
        on
            links.other_key = earlier.party_key
            and later.source_type = earlier.source_type
            and later.source_id = earlier.source_id
            and later.night = earlier.night
    where
        (earlier.created_at, earlier.user_id) < (later.created_at, later.user_id)
),

int_signup_source_people as (
    select
        members.source_type,
        members.source_id,
        count(*) - count(known_before.user_id) as people,
        members.night
    from members
    left join known_before
        on
            members.source_type = known_before.source_type
            and members.source_id = known_before.source_id
            and members.user_id = known_before.user_id
            and members.night = known_before.night
    group by members.source_type, members.source_id, members.night
)

select * from int_signup_source_people
