-- Grain: one row per seller and night on which what it has others deliver is looked at:
-- an order of it or a pair of orders became known, who is behind it changed, or the
-- card of a second order was reported as stolen, which may be months later.
with doors as (
    select * from {{ ref('int_order_doors') }}
    where night <= {{ to_night() }} and placed_on > {{ from_night() }} - 30
),

all_pairs as (
    select * from {{ ref('int_same_door_orders') }}
    where night <= {{ to_night() }}
),

pairs as (
    select * from all_pairs
    where sold_on > {{ from_night() }} - 30
),

members as (
    select * from {{ ref('int_cluster_periods') }}
    where {{ in_range('night') }}
),

reported as (
    select * from {{ ref('int_reported_orders') }}
    where {{ in_range('night') }}
),

int_dropship_nights as (
    select
        seller_id,
        night
    from doors
    where {{ in_range('night') }} and night - 30 < placed_on
    union
    select
        seller_id,
        night
    from pairs
    where {{ in_range('night') }} and night - 30 < sold_on
    union
    select
        pairs.seller_id,
        members.night
    from pairs
    inner join members on pairs.seller_id = members.party_id
    where
        members.party_type = 'seller'
        and members.night between pairs.night and pairs.sold_on + 29
    union
    select
        pairs.seller_id,
        members.night
    from pairs
    inner join members on pairs.second_buyer_user_id = members.party_id
    where
        members.party_type = 'user'
        and members.night between pairs.night and pairs.sold_on + 29
    union
    select
        all_pairs.seller_id,
        reported.night
    from reported
    inner join all_pairs
        on
            reported.order_id = all_pairs.bought_order_id
            and reported.night >= all_pairs.night
)

select * from int_dropship_nights
