-- The size of a cluster on each night it changed is the number of its members then.
with sizes as (
    select * from {{ ref('int_cluster_sizes') }}
),

periods as (
    select * from {{ ref('int_cluster_periods') }}
)

select
    sizes.cluster_id,
    sizes.night,
    sizes.parties,
    count(periods.party_key) as members
from sizes
left join periods
    on
        sizes.cluster_id = periods.cluster_id
        and sizes.night >= periods.night
        and sizes.night < coalesce(periods.until_night, date '9999-12-31')
group by sizes.cluster_id, sizes.night, sizes.parties
having sizes.parties != count(periods.party_key)
