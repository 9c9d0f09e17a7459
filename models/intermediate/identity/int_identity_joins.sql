{{ config(materialized="view") }}

-- Grain: one row per party and party it is joined to, in both directions, as things
-- stand: the steps of which the chains between two parties are made.
with joins as (
    select
        party_a,
        party_b,
        max_by(identifier_types, night) as identifier_types,
        min(night) filter (where is_joined) as joined_on
    from {{ ref('int_identity_edges') }}
    group by party_a, party_b
    having max_by(is_joined, night)
),

-- two parties that an analyst joined may share nothing
named as (
    select
        party_a,
        party_b,
        coalesce(nullif(array_to_string(identifier_types, '+'), ''), 'analyst')
            as shared,
        joined_on
    from joins
),

int_identity_joins as (
    select
        party_a as from_party,
        party_b as to_party,
        shared,
        joined_on
    from named
    union all
    select
        party_b as from_party,
        party_a as to_party,
        shared,
        joined_on
    from named
)

select * from int_identity_joins
