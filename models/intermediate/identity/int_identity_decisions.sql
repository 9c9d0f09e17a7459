{{ config(materialized="table") }}

-- Grain: one row per pair of parties and period in which an analyst's word on them
-- holds: they are parted, or joined, whatever they share, or judged by that again.
with overrides as (
    select
        decision,
        party_type_a || ':' || party_id_a as one_party,
        party_type_b || ':' || party_id_b as other_party,
        override_id,
        greatest(effective_from, approved_on) as applies_from
    from {{ ref('policy_identity_overrides') }}
),

latest as (
    select
        least(one_party, other_party) as party_a,
        greatest(one_party, other_party) as party_b,
        applies_from as valid_from,
        max_by(decision, override_id) as decision,
        max(override_id) as override_id
    from overrides
    where one_party != other_party
    group by all
),

-- a decision that is said again goes on
changes as (
    select * from latest
    qualify decision is distinct from lag(decision) over (
            partition by party_a, party_b order by valid_from
        )
),

int_identity_decisions as (
    select
        party_a,
        party_b,
        decision,
        override_id,
        valid_from,
        lead(valid_from, 1, date '9999-12-31') over (
            partition by party_a, party_b order by valid_from
        ) as valid_to
    from changes
)

select * from int_identity_decisions
