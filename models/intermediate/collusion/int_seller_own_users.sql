-- Grain: one row per seller, user linked to it, party between them and night on which
-- the link or a cluster of the two changed: whether they are one cluster, and by what.
with all_links as (
    select * from {{ ref('int_seller_linked_users') }}
    where night <= {{ to_night() }}
),

members as (
    select * from {{ ref('int_cluster_periods') }}
    where night <= {{ to_night() }}
),

moved as (
    select seller_id, user_id, via_party, night from all_links
    union
    select all_links.seller_id, all_links.user_id, all_links.via_party, members.night
    from all_links
    inner join members on all_links.seller_id = members.party_id
    where members.party_type = 'seller' and all_links.night < members.night
    union
    select all_links.seller_id, all_links.user_id, all_links.via_party, members.night
    from all_links
    inner join members on all_links.user_id = members.party_id
    where members.party_type = 'user' and all_links.night < members.night
),

int_seller_own_users as (
    select
        moved.seller_id,
        moved.user_id,
        moved.via_party,
        max(all_links.near_strong_types) as near_strong_types,
        max(all_links.near_medium_types) as near_medium_types,
        max(all_links.far_strong_types) as far_strong_types,
        max(all_links.far_medium_types) as far_medium_types,
        coalesce(bool_or(shops.cluster_id = buyers.cluster_id), false)
            as is_same_cluster,
        moved.night
    from moved
    inner join all_links
        on
            moved.seller_id = all_links.seller_id
            and moved.user_id = all_links.user_id
            and moved.via_party is not distinct from all_links.via_party
            and moved.night >= all_links.night
    left join members as shops
        on
            shops.party_type = 'seller'
            and moved.seller_id = shops.party_id
            and moved.night >= shops.night
            and moved.night < coalesce(shops.until_night, date '9999-12-31')
    left join members as buyers
        on
            buyers.party_type = 'user'
            and moved.user_id = buyers.party_id
            and moved.night >= buyers.night
            and moved.night < coalesce(buyers.until_night, date '9999-12-31')
    where {{ in_range('moved.night') }}
    group by moved.seller_id, moved.user_id, moved.via_party, moved.night
)

select * from int_seller_own_users
