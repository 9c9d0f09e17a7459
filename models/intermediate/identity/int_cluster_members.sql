-- Grain: one row per party. The identity cluster a party belongs to and since which
-- night: each party is a cluster of its own until shared identifiers join them.
with users as (
    select user_id, night from {{ ref('stg_users') }}
),

sellers as (
    select seller_id, night from {{ ref('stg_sellers') }}
),

creators as (
    select creator_id, night from {{ ref('stg_creators') }}
),

parties as (
    select 'user' as party_type, user_id as party_id, night from users
    union all
    select 'seller', seller_id, night from sellers
    union all
    select 'creator', creator_id, night from creators
),

int_cluster_members as (
    select
        party_type || ':' || party_id as cluster_id,
        party_type,
        party_id,
        min(night) as night
    from parties
    group by party_type, party_id
    having {{ in_range('min(night)') }}
)

select * from int_cluster_members
