-- Grain: one row per seller and night on which it pretended to ship: labels no carrier
-- scanned, tracking numbers used twice, parcels delivered in another city.
with records as (
    select * from {{ ref('ind_seller_fulfilment') }}
    where {{ in_range('night') }}
),

dues as (
    select * from {{ ref('int_parcel_dues') }}
    where night <= {{ to_night() }} and not is_scanned
),

first_scans as (
    select * from {{ ref('int_parcel_first_scans') }}
),

destinations as (
    select * from {{ ref('int_parcel_destinations') }}
    where night <= {{ to_night() }} and is_elsewhere
),

reuses as (
    select * from {{ ref('int_parcel_tracking_reuse') }}
),

policy as (
    {{ policy_in_force('SCM-02', [
        'min_labels', 'min_unscanned_labels', 'min_unscanned_ratio', 'min_reused_labels',
        'min_elsewhere_labels', 'min_elsewhere_rate', 'min_elsewhere_ratio',
        'min_stake_usd', 'min_history_days'
    ]) }}
),

compared as (
    select
        records.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from records
    inner join policy on {{ policy_applies('records') }}
    where
        records.missing_input is null
        and records.history_days >= policy.min_history_days
        and records.labels_28d >= policy.min_labels
),

suspects as (
    select
        *,
        case
            when
                unscanned_labels_28d >= min_unscanned_labels
                and unscanned_rate_low >= min_unscanned_ratio * peer_unscanned_rate
                and undelivered_usd >= min_stake_usd
                then 'labels_without_scan'
            when reused_labels_28d >= min_reused_labels then 'tracking_reused'
            when
                elsewhere_labels_28d >= min_elsewhere_labels
                and elsewhere_rate_low >= min_elsewhere_rate
                and elsewhere_rate_low >= min_elsewhere_ratio * peer_elsewhere_rate
                and undelivered_usd >= min_stake_usd
                then 'delivered_elsewhere'
        end as reason_code
    from compared
),

parcels as (
    select dues.*, first_scans.night as until_night
    from dues
    left join first_scans on dues.shipment_id = first_scans.shipment_id
    union all by name
    select * from destinations
    union all by name
    select * from reuses
),

behind as (
    select
        suspects.entity_id,
        suspects.night,
        list(distinct 'shipment:' || parcels.shipment_id) as shipments,
        list(distinct 'order:' || parcels.order_id) as orders,
        min(parcels.label_created_at) as first_event_at,
        max(parcels.label_created_at) as last_event_at
    from suspects
    inner join parcels
        on
            suspects.entity_id = parcels.seller_id
            and suspects.night >= parcels.night
            and suspects.night < coalesce(parcels.until_night, date '9999-12-31')
            and suspects.night < parcels.label_on + 28
    where suspects.reason_code is not null
    group by suspects.entity_id, suspects.night
),

judged as (
    select
        suspects.*,
        list_sort(list_concat(behind.orders, behind.shipments)) as evidence_objects,
        behind.first_event_at,
        behind.last_event_at,
        suspects.undelivered_usd as amount_at_stake_usd
    from suspects
    inner join behind
        on suspects.entity_id = behind.entity_id and suspects.night = behind.night
),

det_fake_fulfilment as (
    {{ detection_fires('judged', 'SCM-02', evidence={
        'labels_28d': 'min_labels',
        'unscanned_labels_28d': 'min_unscanned_labels',
        'unscanned_rate_low': none,
        'peer_unscanned_rate': none,
        'reused_labels_28d': 'min_reused_labels',
        'elsewhere_labels_28d': 'min_elsewhere_labels',
        'elsewhere_rate_low': 'min_elsewhere_rate',
        'peer_elsewhere_rate': none,
    }) }}
)

select * from det_fake_fulfilment
