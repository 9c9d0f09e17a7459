-- Grain: one row per buyer cluster and night on which far more of its returns than of
-- its peers' had come back late and used, in categories people wear once.
with worn_records as (
    select * from {{ ref('ind_cluster_worn_returns') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('RET-06', [
        'min_worn_returns', 'min_peer_ratio', 'write_down_share', 'min_history_days'
    ]) }}
),

suspects as (
    select
        worn_records.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        cast(
            worn_records.worn_rate_low / nullif(worn_records.peer_worn_rate, 0)
            as decimal(12, 4)
        ) as peer_ratio
    from worn_records
    inner join policy on {{ policy_applies('worn_records') }}
    where
        worn_records.missing_input is null
        and worn_records.history_days >= policy.min_history_days
        and worn_records.worn_returns_180d >= policy.min_worn_returns
),

accounts as (
    {{ accounts_of('suspects') }}
),

bought as (
    select
        return_id,
        buyer_user_id
    from {{ ref('int_worn_claims') }}
    where buyer_user_id in (select accounts.user_id from accounts)
),

claims as (
    {{ periods(ref('int_worn_claims'), 'return_id', within='bought') }}
),

behind as (
    select
        suspects.entity_id,
        suspects.night,
        list_sort(list_distinct(flatten(list([
            'return:' || claims.return_id,
            'order:' || claims.order_id,
            'seller:' || claims.seller_id,
            'user:' || claims.buyer_user_id
        ])))) as evidence_objects,
        min(claims.requested_at) as first_event_at,
        max(claims.requested_at) as last_event_at
    from suspects
    inner join accounts using (entity_id, night)
    inner join claims
        on
            accounts.user_id = claims.buyer_user_id
            and suspects.night >= claims.night
            and suspects.night < coalesce(claims.until_night, date '9999-12-31')
            and cast(claims.requested_at as date) > suspects.night - 180
    where claims.is_worn
    group by suspects.entity_id, suspects.night
),

judged as (
    select
        suspects.*,
        behind.evidence_objects,
        behind.first_event_at,
        behind.last_event_at,
        'returned_late_and_used' as reason_code,
        suspects.worn_usd_180d * suspects.write_down_share as amount_at_stake_usd
    from suspects
    inner join behind
        on suspects.entity_id = behind.entity_id and suspects.night = behind.night
    where suspects.peer_ratio >= suspects.min_peer_ratio
),

det_wardrobing as (
    {{ detection_fires('judged', 'RET-06', evidence={
        'worn_returns_180d': 'min_worn_returns',
        'peer_ratio': 'min_peer_ratio',
        'worn_usd_180d': none,
        'inspected_returns_180d': none,
        'worn_rate_low': none,
        'peer_worn_rate': none,
        'group_used': none,
    }) }}
)

select * from det_wardrobing
