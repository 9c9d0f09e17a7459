-- Grain: one row per source, payment attempt and night judged: the 60 minutes that end
-- with the attempt, beside what the source used to send and how the whole platform
-- fared.
with windows as (
    select
        *,
        cast(last_event_at as date) as event_date,
        date_trunc('hour', last_event_at) as hour_at
    from {{ ref('int_payment_source_windows') }}
    where {{ in_range('night') }}
),

sources_daily as (
    select * from {{ ref('int_payment_sources_daily') }}
    where night <= {{ to_night() }}
),

platform as (
    select * from {{ ref('int_payment_platform_failures') }}
    where {{ in_range('night') }}
),

judged_days as (
    select distinct
        source_type,
        source_id,
        event_date,
        night
    from windows
),

own_past as (
    select
        judged_days.source_type,
        judged_days.source_id,
        judged_days.event_date,
        judged_days.night,
        cast(sum(sources_daily.attempts) as bigint) as attempts_28d
    from judged_days
    inner join sources_daily
        on
            judged_days.source_type = sources_daily.source_type
            and judged_days.source_id = sources_daily.source_id
            and sources_daily.event_date
            between judged_days.event_date - 28 and judged_days.event_date - 1
            and judged_days.night >= sources_daily.night
    group by all
),

ind_payment_source_bursts as (
    select
        windows.source_type as entity_type,
        windows.source_id as entity_id,
        windows.payment_id,
        windows.region,
        windows.business_line,
        case when windows.instruments = 0 then 'no_instrument' end as missing_input,
        windows.card_bin6,
        platform.history_days,
        windows.attempts,
        windows.approvals,
        windows.instruments,
        windows.bin_attempts,
        cast(windows.declines / windows.attempts as decimal(9, 6)) as decline_rate,
        cast(
            windows.small_tickets / nullif(windows.sized_attempts, 0) as decimal(9, 6)
        ) as small_ticket_share,
        cast(
            windows.bin_declines / nullif(windows.bin_attempts, 0) as decimal(9, 6)
        ) as bin_decline_rate,
        cast(
            windows.bin_cards / nullif(windows.bin_attempts, 0) as decimal(9, 6)
        ) as bin_enumeration_ratio,
        cast(
            coalesce(own_past.attempts_28d, 0) / nullif(24 * platform.history_days, 0)
            as decimal(18, 6)
        ) as usual_attempts_per_hour,
        platform.networks as platform_networks,
        platform.failed_share as platform_failed_share,
        platform.failed_share_z as platform_failed_share_z,
        windows.night,
        windows.first_event_at,
        windows.last_event_at
    from windows
    left join own_past
        on
            windows.source_type = own_past.source_type
            and windows.source_id = own_past.source_id
            and windows.event_date = own_past.event_date
            and windows.night = own_past.night
    left join platform
        on windows.hour_at = platform.hour_at and windows.night = platform.night
)

select * from ind_payment_source_bursts
