-- Grain: one row per buyer cluster, drop and night on which something about its orders
-- of the first minute became known: how many it placed, how fast it paid beside the
-- quickest hundredth of people, and whether scripts were at work.
with bought as (
    select * from {{ ref('int_cluster_drop_orders') }}
    where {{ in_range('night') }}
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

sessions as (
    select * from {{ ref('stg_sessions') }}
    where night <= {{ to_night() }} and asn_type = 'hosting'
),

devices as (
    select * from {{ ref('stg_devices') }}
    where night <= {{ to_night() }}
),

emulators as (
    select
        bought.device_id,
        bought.night,
        max_by(devices.is_emulator, devices.record_seq) as is_emulator
    from (select distinct device_id, night from bought) as bought
    inner join devices
        on bought.device_id = devices.device_id and bought.night >= devices.night
    group by bought.device_id, bought.night
),

crowds as (
    select
        bought.device_id,
        bought.night,
        count(distinct sales.buyer_user_id) as accounts
    from (select distinct device_id, night from bought) as bought
    inner join sales
        on
            bought.device_id = sales.device_id
            and bought.night >= sales.night
            and bought.night - 30 < cast(sales.placed_at as date)
    group by bought.device_id, bought.night
),

measured as (
    select
        bought.cluster_id,
        bought.drop_id,
        bought.night,
        min(bought.sku_id) as sku_id,
        min(bought.region) as region,
        min(bought.business_line) as business_line,
        min(cast(bought.dropped_at as date)) as dropped_on,
        count(distinct bought.order_id) as orders,
        sum(bought.quantity) as units,
        quantile_disc(bought.checkout_seconds, 0.5) as checkout_seconds,
        count(distinct bought.order_id) filter (where sessions.session_id is not null)
            as hosting_orders,
        count(distinct bought.order_id) filter (where emulators.is_emulator)
            as emulator_orders,
        coalesce(max(crowds.accounts), 0) as accounts_per_device,
        min(bought.placed_at) as first_event_at,
        max(bought.placed_at) as last_event_at
    from bought
    left join sessions
        on bought.session_id = sessions.session_id and bought.night >= sessions.night
    left join emulators
        on bought.device_id = emulators.device_id and bought.night = emulators.night
    left join crowds
        on bought.device_id = crowds.device_id and bought.night = crowds.night
    group by bought.cluster_id, bought.drop_id, bought.night
),

limits as (
    select * from {{ ref('int_checkout_baselines') }}
    where night <= {{ to_night() }}
),

ind_cluster_drops as (
    select
        'cluster' as entity_type,
        measured.cluster_id as entity_id,
        measured.* exclude (
            cluster_id, dropped_on, night, first_event_at, last_event_at
        ),
        case
            when measured.checkout_seconds is null then 'no_checkout_times'
            when coalesce(own.quick_seconds, everybody.quick_seconds) is null
                then 'no_baseline'
        end as missing_input,
        cast(measured.night - measured.dropped_on as integer) as history_days,
        coalesce(own.quick_seconds, everybody.quick_seconds) as quick_seconds,
        measured.night,
        measured.first_event_at,
        measured.last_event_at
    from measured
    left join limits as own
        on
            measured.region = own.peer_group
            and {{ baseline_night_before('measured.night') }} = own.night
    left join limits as everybody
        on
            everybody.peer_group = 'all'
            and {{ baseline_night_before('measured.night') }} = everybody.night
)

select * from ind_cluster_drops
