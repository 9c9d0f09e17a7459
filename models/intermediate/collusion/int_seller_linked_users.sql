-- Grain: one row per seller, user, party between them and night on which what links
-- them grew: edges straight from seller to user (nobody between), or by way of a third
-- party, such as the owner or the first holder of a bank account.
with edges as (
    select
        party_a as one,
        party_b as other,
        strong_types,
        medium_types,
        night
    from {{ ref('int_identity_edges') }}
    where night <= {{ to_night() }} and strong_types + medium_types > 0
    union all
    select
        party_b as one,
        party_a as other,
        strong_types,
        medium_types,
        night
    from {{ ref('int_identity_edges') }}
    where night <= {{ to_night() }} and strong_types + medium_types > 0
),

straight as (
    select
        one as seller_key,
        other as user_key,
        cast(null as varchar) as via_party,
        strong_types as near_strong_types,
        medium_types as near_medium_types,
        strong_types as far_strong_types,
        medium_types as far_medium_types,
        night
    from edges
    where starts_with(one, 'seller:') and starts_with(other, 'user:')
),

around as (
    select
        near.one as seller_key,
        far.other as user_key,
        near.other as via_party,
        near.strong_types as near_strong_types,
        near.medium_types as near_medium_types,
        far.strong_types as far_strong_types,
        far.medium_types as far_medium_types,
        greatest(near.night, far.night) as night
    from edges as near
    inner join edges as far on near.other = far.one
    where starts_with(near.one, 'seller:') and starts_with(far.other, 'user:')
),

paths as (
    select * from straight
    union all
    select * from around
),

int_seller_linked_users as (
    select
        substr(seller_key, 8) as seller_id,
        substr(user_key, 6) as user_id,
        via_party,
        max(near_strong_types) as near_strong_types,
        max(near_medium_types) as near_medium_types,
        max(far_strong_types) as far_strong_types,
        max(far_medium_types) as far_medium_types,
        night
    from paths
    where {{ in_range('night') }}
    group by seller_key, user_key, via_party, night
)

select * from int_seller_linked_users
