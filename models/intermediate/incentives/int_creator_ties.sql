-- Grain: one row per creator, night on which something about it changed and item of 28
-- days it earns on whose buyer is tied to it: the same person, or a click of its own.
with creators as (
    select * from {{ ref('int_creator_nights') }}
    where {{ in_range('night') }}
),

members as (
    select
        *,
        coalesce(until_night, date '9999-12-31') as held_until
    from {{ ref('int_cluster_periods') }}
    where night <= {{ to_night() }}
),

strong_pairs as (
    select
        unnest([party_a, party_b]) as party_key,
        unnest([party_b, party_a]) as other_key,
        night
    from {{ ref('int_identity_edges') }}
    where night <= {{ to_night() }} and strong_types > 0
),

devices as (
    select
        party_id,
        identifier as device_id,
        is_held,
        night,
        lead(night, 1, date '9999-12-31') over (
            partition by party_key, identifier order by night
        ) as until_night
    from {{ ref('int_party_identifiers') }}
    where
        night <= {{ to_night() }}
        and identifier_type = 'device'
        and party_type = 'user'
        and party_id in (select creators.owner_user_id from creators)
),

items as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by commission_id order by night
        ) as until_night
    from {{ ref('int_creator_items') }}
    where night <= {{ to_night() }} and ordered_on > {{ from_night() }} - 28
),

seen as (
    select
        creators.creator_id,
        creators.owner_user_id,
        items.commission_id,
        items.order_id,
        items.buyer_user_id,
        items.seller_id,
        items.paid_usd,
        items.commission_usd,
        items.placed_at,
        creators.night,
        coalesce(
            items.buyer_user_id = creators.owner_user_id
            or buyers.cluster_id = creators.cluster_id,
            false
        ) as is_same_person,
        devices.device_id is not null as is_own_click,
        coalesce(sellers.cluster_id = creators.cluster_id, false) as is_own_store
    from creators
    inner join items
        on
            creators.creator_id = items.creator_id
            and creators.night >= items.night
            and creators.night < items.until_night
            and items.ordered_on > creators.night - 28
    left join members as buyers
        on
            'user:' || items.buyer_user_id = buyers.party_key
            and creators.night >= buyers.night
            and creators.night < buyers.held_until
    left join members as sellers
        on
            'seller:' || items.seller_id = sellers.party_key
            and creators.night >= sellers.night
            and creators.night < sellers.held_until
    left join devices
        on
            creators.owner_user_id = devices.party_id
            and items.click_device_id = devices.device_id
            and devices.is_held
            and creators.night >= devices.night
            and creators.night < devices.until_night
),

tied as (
    select * from seen
    where is_same_person or is_own_click
),

int_creator_ties as (
    select
        tied.*,
        coalesce(bool_or(
            tied.buyer_user_id = tied.owner_user_id
            or strong_pairs.party_key is not null
        ), false) as is_strong_link
    from tied
    left join strong_pairs
        on
            'user:' || tied.buyer_user_id = strong_pairs.party_key
            and strong_pairs.other_key in (
                'creator:' || tied.creator_id, 'user:' || tied.owner_user_id
            )
            and tied.night >= strong_pairs.night
    group by all
)

select * from int_creator_ties
