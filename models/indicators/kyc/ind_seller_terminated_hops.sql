-- Grain: one row per seller within two hops of a party ever terminated and night on
-- which a hop or a termination became known or ended: how many hops away the nearest
-- party is that is thrown off (KY02).
with chains as (
    select
        party_key,
        terminated_key,
        cast(null as varchar) as via_key,
        1 as hops,
        night
    from {{ ref('int_terminated_neighbours') }}
    where party_key like 'seller:%' and night <= {{ to_night() }}
    union all
    select
        seller_key as party_key,
        terminated_key,
        via_key,
        2 as hops,
        night
    from {{ ref('int_terminated_chains') }}
    where night <= {{ to_night() }}
),

near_parties as (
    select distinct terminated_key as party_key from chains
),

terminations as (
    {{ periods(ref('int_terminated_parties'), 'party_key', within='near_parties') }}
),

looked_at as (
    select party_key, night from chains
    where {{ in_range('night') }}
    union
    select chains.party_key, terminations.night
    from chains
    inner join terminations on chains.terminated_key = terminations.party_key
    where {{ in_range('terminations.night') }} and terminations.night >= chains.night
),

nearest as (
    select
        looked_at.party_key,
        looked_at.night,
        chains.terminated_key,
        chains.via_key,
        chains.hops,
        terminations.terminated_at
    from looked_at
    inner join chains
        on
            looked_at.party_key = chains.party_key
            and looked_at.night >= chains.night
    inner join terminations
        on
            chains.terminated_key = terminations.party_key
            and looked_at.night >= terminations.night
            and looked_at.night < coalesce(terminations.until_night, date '9999-12-31')
    where terminations.is_terminated
    qualify row_number() over (
            partition by looked_at.party_key, looked_at.night
            order by chains.hops, chains.terminated_key, chains.via_key, chains.night
        ) = 1
),

states as (
    {{ periods(ref('int_party_states'), 'party_key', within='looked_at') }}
),

ind_seller_terminated_hops as (
    select
        'seller' as entity_type,
        states.party_id as entity_id,
        states.region,
        states.business_line,
        cast(null as varchar) as missing_input,
        cast(looked_at.night - cast(states.onboarded_at as date) as integer)
            as history_days,
        nearest.hops as hops_to_terminated,
        nearest.terminated_at < states.onboarded_at as is_onboarded_after,
        list_filter(
            [looked_at.party_key, nearest.via_key, nearest.terminated_key],
            lambda object: object is not null
        ) as evidence_objects,
        looked_at.night,
        coalesce(nearest.terminated_at, states.onboarded_at) as first_event_at,
        states.onboarded_at as last_event_at
    from looked_at
    inner join states
        on
            looked_at.party_key = states.party_key
            and looked_at.night >= states.night
            and looked_at.night < coalesce(states.until_night, date '9999-12-31')
    left join nearest
        on looked_at.party_key = nearest.party_key and looked_at.night = nearest.night
)

select * from ind_seller_terminated_hops
