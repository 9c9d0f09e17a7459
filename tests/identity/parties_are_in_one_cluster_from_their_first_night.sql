-- Every party is in a cluster from the night it arrived, and in one at a time.
with parties as (
    select * from {{ ref('int_parties') }}
),

periods as (
    select * from {{ ref('int_cluster_periods') }}
)

select
    parties.party_key,
    parties.night
from parties
left join periods on parties.party_key = periods.party_key
group by parties.party_key, parties.night
having
    coalesce(min(periods.night), date '9999-12-31') != parties.night
    or count(periods.night) != count(distinct periods.night)
    or count(*) filter (where periods.until_night is null) != 1
