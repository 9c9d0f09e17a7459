-- Grain: one row per woken seller and night: what changed on its account in the 7 days
-- from its waking on: devices of its owner, payout account, categories.
with keys as (
    select *, 'seller:' || seller_id as party_key from {{ ref('int_seller_wake_ups') }}
    where {{ in_range('night') }}
),

states as (
    {{ periods(ref('int_party_states'), 'party_key', within='keys') }}
),

owners as (
    select
        keys.* exclude (party_key),
        states.owner_key as party_key
    from keys
    inner join states
        on
            keys.party_key = states.party_key
            and keys.night >= states.night
            and keys.night < coalesce(states.until_night, date '9999-12-31')
),

actors as (
    select * from keys
    union all by name
    select * from owners
),

device_uses as (
    select
        'user:' || user_id as party_key,
        device_id,
        started_at as used_at,
        night
    from {{ ref('stg_sessions') }}
    where 'user:' || user_id in (select owners.party_key from owners)
    union all
    select
        'user:' || user_id as party_key,
        signup_device_id as device_id,
        created_at as used_at,
        night
    from {{ ref('stg_users') }}
    where 'user:' || user_id in (select owners.party_key from owners)
),

new_devices as (
    select
        owners.seller_id,
        owners.night,
        'new_device' as change,
        'device:' || device_uses.device_id as object,
        min(device_uses.used_at) as changed_at
    from owners
    inner join device_uses
        on
            owners.party_key = device_uses.party_key
            and owners.night >= device_uses.night
    where device_uses.device_id is not null
    group by owners.seller_id, owners.night, owners.woke_on, device_uses.device_id
    having
        min(device_uses.used_at) >= owners.woke_on
        and min(device_uses.used_at) < owners.woke_on + 7
),

payout_accounts as (
    select
        keys.seller_id,
        keys.night,
        'payout_account' as change,
        'payout_account:' || accounts.payout_account_id as object,
        accounts.added_at as changed_at
    from keys
    inner join {{ ref('int_payout_account_states') }} as accounts
        on keys.party_key = accounts.party_key and keys.night >= accounts.night
    where accounts.added_at >= keys.woke_on and accounts.added_at < keys.woke_on + 7
),

account_changes as (
    select
        actors.seller_id,
        actors.night,
        edits.field as change,
        'account_change:' || edits.change_id as object,
        edits.changed_at
    from actors
    inner join {{ ref('stg_account_changes') }} as edits
        on
            actors.party_key = edits.party_type || ':' || edits.party_id
            and actors.night >= edits.night
    where
        edits.field in ('payout_account', 'category')
        and edits.changed_at >= actors.woke_on
        and edits.changed_at < actors.woke_on + 7
),

changes as (
    select * from new_devices
    union all
    select * from payout_accounts
    union all
    select * from account_changes
),

int_wake_up_changes as (
    select
        seller_id,
        count(distinct object) filter (where change = 'new_device') as new_devices,
        count(distinct object) filter (where change = 'payout_account')
            as payout_changes,
        count(distinct object) filter (where change = 'category') as category_changes,
        list(distinct object order by object) as objects,
        max(changed_at) as last_changed_at,
        night
    from changes
    group by seller_id, night
)

select * from int_wake_up_changes
