-- Grain: one row per cluster, night and redemption of a first-order promotion by an
-- account of the cluster in the 180 days before, on nights on which a redemption
-- arrived, an account joined or two of its parties came to share something more.
with redemptions as (
    select
        *,
        user_id as buyer_user_id,
        'user:' || user_id as party_key
    from {{ ref('int_new_user_redemptions') }}
    where night <= {{ to_night() }} and redeemed_on > {{ from_night() }} - 180
),

members as (
    select * from {{ ref('int_cluster_periods') }}
    where night <= {{ to_night() }}
),

clusters as (
    {{ buyer_clusters('redemptions') }}
),

arrived as (
    select party_key, night from redemptions
    where {{ in_range('night') }}
    union
    select party_key, night from members
    where {{ in_range('night') }}
    union
    select party_a as party_key, night
    from {{ ref('int_identity_edges') }}
    where {{ in_range('night') }} and is_joined
),

looked_at as (
    select distinct
        coalesce(members.cluster_id, arrived.party_key) as cluster_id,
        arrived.night
    from arrived
    left join members
        on
            arrived.party_key = members.party_key
            and arrived.night >= members.night
            and arrived.night < coalesce(members.until_night, date '9999-12-31')
),

held as (
    select
        redemptions.* exclude (party_key, night),
        clusters.cluster_id,
        greatest(redemptions.night, clusters.night) as held_from,
        coalesce(clusters.until_night, date '9999-12-31') as held_until
    from redemptions
    inner join clusters on redemptions.buyer_user_id = clusters.buyer_user_id
),

int_cluster_redemptions as (
    select
        looked_at.cluster_id,
        held.redemption_id,
        held.user_id,
        held.order_id,
        held.amount_usd,
        held.redeemed_at,
        looked_at.night
    from looked_at
    inner join held
        on
            looked_at.cluster_id = held.cluster_id
            and looked_at.night >= held.held_from
            and looked_at.night < held.held_until
            and held.redeemed_on > looked_at.night - 180
)

select * from int_cluster_redemptions
