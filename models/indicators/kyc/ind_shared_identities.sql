-- Grain: one row per identity cluster and night on which sellers of it that showed one
-- document, face or tax id became known or changed: are they different people (KY01)?
with all_pairs as (
    select * from {{ ref('int_identity_reuse_nights') }}
    where night <= {{ to_night() }}
),

clusters as (
    select * from {{ ref('int_cluster_periods') }}
    where night <= {{ to_night() }}
),

looked_at as (
    select distinct clusters.cluster_id, all_pairs.night
    from all_pairs
    inner join clusters
        on
            all_pairs.first_party = clusters.party_key
            and all_pairs.night >= clusters.night
            and all_pairs.night < coalesce(clusters.until_night, date '9999-12-31')
    where {{ in_range('all_pairs.night') }}
),

pairs as (
    select looked_at.cluster_id, all_pairs.* replace (looked_at.night as night)
    from looked_at
    inner join clusters
        on
            looked_at.cluster_id = clusters.cluster_id
            and looked_at.night >= clusters.night
            and looked_at.night < coalesce(clusters.until_night, date '9999-12-31')
    inner join all_pairs
        on
            clusters.party_key = all_pairs.first_party
            and looked_at.night >= all_pairs.night
    qualify row_number() over (
            partition by
                looked_at.night, all_pairs.first_party, all_pairs.party_key,
                all_pairs.identifier_type
            order by all_pairs.night desc
        ) = 1
),

conflicting as (
    select distinct
        cluster_id,
        night,
        unnest([first_party, party_key]) as party_key
    from pairs
    where is_conflict
),

worth as (
    {{ seller_stakes('conflicting') }}
),

stakes as (
    select
        conflicting.cluster_id,
        conflicting.night,
        count(*) as sellers,
        case
            when count(*) = count(worth.owed_usd)
                then sum(greatest(worth.owed_usd, worth.undelivered_usd))
        end as stake_usd,
        list(conflicting.party_key) as parties,
        list(worth.owner_key) filter (where worth.owner_key is not null) as owners,
        min(worth.onboarded_at) as first_event_at,
        max(worth.onboarded_at) as last_event_at
    from conflicting
    inner join worth
        on conflicting.party_key = worth.party_key and conflicting.night = worth.night
    group by conflicting.cluster_id, conflicting.night
),

described as (
    select
        cluster_id,
        night,
        min_by(region, (onboarded_at, first_party, party_key)) as region,
        min_by(business_line, (onboarded_at, first_party, party_key)) as business_line,
        bool_and(is_conflict is null) as is_unnamed,
        count(*) filter (where is_conflict and identifier_type = 'document')
            as document_conflicts,
        count(*) filter (where is_conflict and identifier_type = 'face')
            as face_conflicts,
        count(*) filter (where is_conflict and identifier_type = 'tax_id')
            as tax_id_conflicts
    from pairs
    group by cluster_id, night
),

ind_shared_identities as (
    select
        'cluster' as entity_type,
        described.cluster_id as entity_id,
        described.region,
        described.business_line,
        case
            when described.is_unnamed then 'no_names'
            when stakes.sellers > 0 and stakes.stake_usd is null then 'no_fx'
        end as missing_input,
        0 as history_days,
        cast(coalesce(stakes.sellers, 0) as integer) as conflicting_sellers,
        cast(described.document_conflicts as integer) as document_conflicts,
        cast(described.face_conflicts as integer) as face_conflicts,
        cast(described.tax_id_conflicts as integer) as tax_id_conflicts,
        cast(coalesce(stakes.stake_usd, 0) as decimal(18, 2)) as stake_usd,
        list_slice(list_sort(list_distinct(list_concat(
            coalesce(stakes.parties, []), coalesce(stakes.owners, [])
        ))), 1, 200) as evidence_objects,
        described.night,
        stakes.first_event_at,
        stakes.last_event_at
    from described
    left join stakes
        on described.cluster_id = stakes.cluster_id and described.night = stakes.night
)

select * from ind_shared_identities
