-- Grain: one row per payment attempt and source it came from: the device, the network,
-- or a card range on a carrier. Whether its amount is small for its region, or for
-- everybody where the region says nothing, as known the night it arrived.
with attempts as (
    select * from {{ ref('int_payment_attempts') }}
    where {{ in_range('night') }}
),

tickets as (
    select * from {{ ref('int_ticket_baselines') }}
    where night <= {{ to_night() }}
),

sources as (
    select
        payment_id,
        'device' as source_type,
        device_id as source_id
    from attempts
    union all
    select
        payment_id,
        'ip_prefix' as source_type,
        ip_prefix_hash as source_id
    from attempts
    union all
    select
        payment_id,
        'bin6_asn' as source_type,
        bin6_asn as source_id
    from attempts
),

int_payment_source_attempts as (
    select
        sources.source_type,
        sources.source_id,
        attempts.payment_id,
        attempts.region,
        attempts.business_line,
        attempts.instrument_fingerprint,
        attempts.card_bin6,
        attempts.card_last4_hash,
        attempts.result,
        attempts.amount_usd,
        attempts.amount_usd
        <= coalesce(own_region.small_ticket_usd, everybody.small_ticket_usd)
            as is_small_ticket,
        attempts.night,
        attempts.attempted_at
    from sources
    inner join attempts on sources.payment_id = attempts.payment_id
    left join tickets as own_region
        on
            attempts.region = own_region.peer_group
            and {{ baseline_night_before('attempts.night') }} = own_region.night
    left join tickets as everybody
        on
            everybody.peer_group = 'all'
            and {{ baseline_night_before('attempts.night') }} = everybody.night
    where sources.source_id is not null
)

select * from int_payment_source_attempts
