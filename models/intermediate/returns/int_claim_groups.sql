-- Grain: one row per claim that shares its text or picture with another one of the same
-- reason, and baseline night: the group it hangs together with.
with claims as (
    select
        *,
        concat_ws('|', night, reason) as graph
    from {{ ref('int_recent_claims') }}
    where {{ in_range('night') }}
),

texts as (
    select
        graph,
        return_id as item,
        claim_text_minhash as signature
    from claims
    where claim_text_minhash is not null
),

images as (
    select
        graph,
        return_id as item,
        evidence_image_phash as phash
    from claims
    where evidence_image_phash is not null
),

text_pairs as (
    {{ near_duplicate_texts('texts', '0') }}
),

image_pairs as (
    {{ near_duplicate_images('images', '6') }}
),

pairs as (
    select graph, item_a, item_b, similarity, null as distance
    from text_pairs
    union all
    select graph, item_a, item_b, null as similarity, distance
    from image_pairs
),

dated as (
    select
        *,
        cast(split_part(graph, '|', 1) as date) as night,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line
    from pairs
),

policy as (
    {{ policy_in_force('RET-04', ['min_text_similarity', 'max_image_distance']) }}
),

links as (
    select dated.*
    from dated
    inner join policy on {{ policy_applies('dated') }}
    where
        dated.similarity >= policy.min_text_similarity
        or dated.distance <= policy.max_image_distance
),

components as (
    {{ connected_components('links') }}
),

pictured as (
    select graph, item_a as item from links
    where distance is not null
    union
    select graph, item_b as item from links
    where distance is not null
),

int_claim_groups as (
    select
        first_value(claims.return_id) over (
            partition by claims.graph, components.component
            order by claims.requested_at, claims.return_id
        ) as group_id,
        claims.* exclude (
            graph, claim_text_minhash, evidence_image_phash, night, requested_at
        ),
        pictured.item is not null as is_picture_shared,
        claims.night,
        claims.requested_at
    from claims
    inner join components
        on claims.graph = components.graph and claims.return_id = components.item
    left join pictured
        on claims.graph = pictured.graph and claims.return_id = pictured.item
)

select * from int_claim_groups
