-- The party a cluster is named by is in it, as long as anyone is, and is its oldest.
with periods as (
    select * from {{ ref('int_cluster_periods') }}
),

parties as (
    select * from {{ ref('int_parties') }}
)

select
    periods.cluster_id,
    periods.party_key,
    periods.night
from periods
inner join parties on periods.party_key = parties.party_key
left join periods as namesake
    on
        periods.cluster_id = namesake.party_key
        and periods.cluster_id = namesake.cluster_id
        and periods.night >= namesake.night
        and coalesce(periods.until_night, date '9999-12-31')
        <= coalesce(namesake.until_night, date '9999-12-31')
left join parties as oldest on periods.cluster_id = oldest.party_key
where
    namesake.party_key is null
    or (oldest.night, oldest.first_event_at, oldest.party_key)
    > (parties.night, parties.first_event_at, parties.party_key)
