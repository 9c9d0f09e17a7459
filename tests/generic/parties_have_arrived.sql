{#- Returns the decisions in force that name a party of which no row has arrived, and that party. -#}
{% test parties_have_arrived(model) %}
with decided as (
    select * from {{ model }}
    where decision != 'withdraw' and valid_to = date '9999-12-31'
),
sides as (
    select override_id, party_a as party_key from decided
    union all
    select override_id, party_b as party_key from decided
)
select
    sides.override_id,
    sides.party_key
from sides
left join {{ ref('int_parties') }} as parties on sides.party_key = parties.party_key
where parties.party_key is null
{% endtest %}
