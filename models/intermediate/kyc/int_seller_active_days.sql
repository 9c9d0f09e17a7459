-- Grain: one row per seller, day and night on which it became known that the seller was
-- active that day: an order came in, or its owner logged in.
with owners as (
    select
        party_id as seller_id,
        owner_key,
        min(night) as night
    from {{ ref('int_party_states') }}
    where party_type = 'seller' and night <= {{ to_night() }}
    group by party_id, owner_key
),

logins as (
    select
        'user:' || user_id as owner_key,
        cast(started_at as date) as active_on,
        night
    from {{ ref('stg_sessions') }}
    where
        coalesce(login_result, 'success') != 'failure'
        and night <= {{ to_night() }}
),

ordered as (
    select
        seller_id,
        cast(placed_at as date) as active_on,
        night
    from {{ ref('stg_orders') }}
    where {{ in_range('night') }}
),

logged_in as (
    select owners.seller_id, logins.active_on, logins.night
    from logins
    inner join owners
        on logins.owner_key = owners.owner_key and logins.night >= owners.night
    where {{ in_range('logins.night') }}
),

-- logins that were known before the shop was
owner_known as (
    select owners.seller_id, logins.active_on, owners.night
    from owners
    inner join logins
        on owners.owner_key = logins.owner_key and owners.night > logins.night
    where {{ in_range('owners.night') }}
),

int_seller_active_days as (
    select * from ordered
    union
    select * from logged_in
    union
    select * from owner_known
)

select * from int_seller_active_days
