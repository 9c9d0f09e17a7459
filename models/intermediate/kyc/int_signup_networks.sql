-- Grain: one row per user and network it signed up from: its address block and, where a
-- session from that block had named one by then, its carrier's system; on the night the
-- user became known.
with signups as (
    select * from {{ ref('int_signups') }}
    where
        ip_prefix_hash is not null
        and coalesce(account_type, 'personal') not in ('employee', 'test')
        and {{ in_range('night') }}
),

named as (
    select
        ip_prefix_hash,
        night,
        max_by(asn, (started_at, session_id)) as asn
    from {{ ref('stg_sessions') }}
    where
        asn is not null
        and night <= {{ to_night() }}
        and ip_prefix_hash in (select signups.ip_prefix_hash from signups)
    group by ip_prefix_hash, night
),

systems as (
    {{ periods('named', 'ip_prefix_hash', within='signups') }}
),

int_signup_networks as (
    select
        'ip_prefix' as network_type,
        ip_prefix_hash as network_id,
        user_id,
        region,
        night,
        created_at
    from signups
    union all
    select
        'asn' as network_type,
        cast(systems.asn as varchar) as network_id,
        signups.user_id,
        signups.region,
        signups.night,
        signups.created_at
    from signups
    inner join systems
        on
            signups.ip_prefix_hash = systems.ip_prefix_hash
            and signups.night >= systems.night
            and signups.night < coalesce(systems.until_night, date '9999-12-31')
)

select * from int_signup_networks
