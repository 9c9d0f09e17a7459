-- Grain: one row per pair of parties and night on which what they share grew, or an
-- analyst decided on them: whether they are one person.
with policy as (
    select * from {{ ref('int_policy_identity') }}
    where identifier_type = 'all'
),

all_links as (
    select * from {{ ref('int_identity_links') }}
    where night <= {{ to_night() }}
),

parties as (
    select * from {{ ref('int_parties') }}
),

decisions as (
    select
        decisions.* replace (
            greatest(decisions.valid_from, party_a.night, party_b.night) as valid_from
        )
    from {{ ref('int_identity_decisions') }} as decisions
    inner join parties as party_a on decisions.party_a = party_a.party_key
    inner join parties as party_b on decisions.party_b = party_b.party_key
    where
        greatest(party_a.night, party_b.night) < decisions.valid_to
        and greatest(decisions.valid_from, party_a.night, party_b.night)
        <= {{ to_night() }}
),

touched_pairs as (
    select party_a, party_b from all_links
    where {{ in_range('night') }}
    union
    select party_a, party_b from decisions
    where {{ in_range('valid_from') }}
),

links as (
    select all_links.* from all_links
    inner join touched_pairs using (party_a, party_b)
),

nights as (
    select party_a, party_b, night from links
    union
    select party_a, party_b, valid_from as night
    from decisions
    inner join touched_pairs using (party_a, party_b)
),

-- a kind of identifier counts once, however many of it two parties share
kinds as (
    select
        nights.party_a,
        nights.party_b,
        nights.night,
        links.identifier_type,
        max(links.weight) as weight,
        bool_or(links.strength = 'strong' and links.weight > 0) as is_strong,
        bool_or(links.strength = 'medium' and links.weight > 0) as is_medium,
        bool_or(links.carries_join and links.weight > 0) as carries_join
    from nights
    left join links
        on
            nights.party_a = links.party_a
            and nights.party_b = links.party_b
            and nights.night >= links.night
    group by nights.party_a, nights.party_b, nights.night, links.identifier_type
),

scored as (
    select
        party_a,
        party_b,
        coalesce(list(identifier_type order by identifier_type) filter (
            where identifier_type is not null
        ), []) as identifier_types,
        count(*) filter (where is_strong) as strong_types,
        count(*) filter (where is_medium) as medium_types,
        {{ joint_score('weight', 'identifier_type') }} as score,
        coalesce(bool_or(carries_join), false) as carries_join,
        night
    from kinds
    group by party_a, party_b, night
),

judged as (
    select
        scored.* exclude (carries_join),
        decisions.decision,
        coalesce(nullif(decisions.decision, 'withdraw') = 'join', bool_or(
            scored.carries_join and scored.score >= policy.join_score
        ) over (
            partition by scored.party_a, scored.party_b order by scored.night
        )) as is_joined
    from scored
    inner join policy
        on scored.night >= policy.valid_from and scored.night < policy.valid_to
    left join decisions
        on
            scored.party_a = decisions.party_a
            and scored.party_b = decisions.party_b
            and scored.night >= decisions.valid_from
            and scored.night < decisions.valid_to
),

int_identity_edges as (
    select * from judged
    qualify
        {{ in_range('night') }}
        and concat_ws('|', identifier_types, score, is_joined, decision)
        is distinct from lag(
            concat_ws('|', identifier_types, score, is_joined, decision)
        ) over (partition by party_a, party_b order by night)
)

select * from int_identity_edges
