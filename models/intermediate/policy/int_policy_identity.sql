{{ config(materialized="table") }}

-- Grain: one row per identifier type and period in which its numbers hold: what a
-- shared identifier of the type is worth. A number nobody set is null.
with policy_rows as (
    select
        *,
        greatest(effective_from, approved_on) as applies_from
    from {{ ref('policy_identity') }}
),

versions as (
    select
        identifier_type,
        applies_from as valid_from,
        lead(applies_from, 1, date '9999-12-31') over (
            partition by identifier_type order by applies_from
        ) as valid_to
    from policy_rows
    group by identifier_type, applies_from
),

in_force as (
    select
        versions.identifier_type,
        versions.valid_from,
        versions.valid_to,
        policy_rows.parameter,
        policy_rows.value
    from versions
    inner join policy_rows
        on
            versions.identifier_type = policy_rows.identifier_type
            and versions.valid_from >= policy_rows.applies_from
    qualify row_number() over (
            partition by
                versions.identifier_type, versions.valid_from, policy_rows.parameter
            order by policy_rows.applies_from desc, policy_rows.effective_from desc
        ) = 1
),

int_policy_identity as (
    select
        identifier_type,
        case max(value) filter (where parameter = 'strength')
            when 3 then 'strong'
            when 2 then 'medium'
            when 1 then 'weak'
        end as strength,
        cast(max(value) filter (where parameter = 'hub_limit') as integer) as hub_limit,
        cast(max(value) filter (where parameter = 'held_days') as integer) as held_days,
        cast(
            max(value) filter (where parameter = 'small_group') as integer
        ) as small_group,
        cast(
            max(value) filter (where parameter = 'oversized_parties') as integer
        ) as oversized_parties,
        cast(max(value) filter (where parameter = 'max_hops') as integer) as max_hops,
        cast(
            max(value) filter (where parameter = 'weight') as decimal(6, 4)
        ) as weight,
        cast(
            max(value) filter (where parameter = 'join_score') as decimal(6, 4)
        ) as join_score,
        max(value) filter (where parameter = 'carries_join') = 1 as carries_join,
        max(value) filter (where parameter = 'links_to_first') = 1 as links_to_first,
        max(value) filter (where parameter = 'within_agency') = 1 as within_agency,
        valid_from,
        valid_to
    from in_force
    group by identifier_type, valid_from, valid_to
)

select * from int_policy_identity
