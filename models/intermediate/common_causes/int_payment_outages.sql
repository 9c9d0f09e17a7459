-- Grain: one row per hour and night that judges it, in which payments failed all over
-- the platform, far beyond what is usual: a gateway was out, and nobody's declines mean
-- what they seem to.
with failures as (
    select
        *,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line
    from {{ ref('int_payment_platform_failures') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('CC-02', [
        'max_platform_z', 'min_platform_networks', 'min_platform_failed_share'
    ]) }}
),

int_payment_outages as (
    select
        failures.networks,
        failures.failed_share,
        failures.failed_share_z,
        failures.night,
        failures.hour_at
    from failures
    inner join policy on {{ policy_applies('failures') }}
    where
        failures.networks >= policy.min_platform_networks
        and failures.failed_share >= policy.min_platform_failed_share
        and failures.failed_share_z > policy.max_platform_z
)

select * from int_payment_outages
