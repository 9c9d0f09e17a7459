-- Grain: one row per identity cluster, seller or creator of it and night on which a
-- newly taken on one arrived or changed cluster: those taken on in the 194 days before,
-- without creators of an agency.
with parties as (
    select
        party_key,
        min(night) as night,
        min_by(onboarded_at, night) as onboarded_at
    from {{ ref('int_party_states') }}
    where party_type in ('seller', 'creator') and night <= {{ to_night() }}
    group by party_key
),

clusters as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type in ('seller', 'creator') and night <= {{ to_night() }}
),

arrived as (
    select
        parties.party_key,
        greatest(parties.night, clusters.night) as night
    from parties
    inner join clusters on parties.party_key = clusters.party_key
    where
        {{ in_range('greatest(parties.night, clusters.night)') }}
        and cast(parties.onboarded_at as date)
        > greatest(parties.night, clusters.night) - 14
),

looked_at as (
    select distinct clusters.cluster_id, arrived.night
    from arrived
    inner join clusters
        on
            arrived.party_key = clusters.party_key
            and arrived.night >= clusters.night
            and arrived.night < coalesce(clusters.until_night, date '9999-12-31')
),

members as (
    select
        looked_at.cluster_id,
        clusters.party_key,
        parties.onboarded_at,
        looked_at.night
    from looked_at
    inner join clusters
        on
            looked_at.cluster_id = clusters.cluster_id
            and looked_at.night >= clusters.night
            and looked_at.night < coalesce(clusters.until_night, date '9999-12-31')
    inner join parties
        on
            clusters.party_key = parties.party_key
            and looked_at.night >= parties.night
    where cast(parties.onboarded_at as date) > looked_at.night - 194
),

states as (
    {{ periods(ref('int_party_states'), 'party_key', within='members') }}
),

int_onboarding_members as (
    select
        members.cluster_id,
        members.party_key,
        states.party_id,
        coalesce(states.owner_key, members.party_key) as person_key,
        states.party_type,
        states.region,
        states.business_line,
        cast(members.onboarded_at as date) > members.night - 14 as is_new,
        members.night,
        members.onboarded_at
    from members
    inner join states
        on
            members.party_key = states.party_key
            and members.night >= states.night
            and members.night < coalesce(states.until_night, date '9999-12-31')
    where states.agency_id is null
)

select * from int_onboarding_members
