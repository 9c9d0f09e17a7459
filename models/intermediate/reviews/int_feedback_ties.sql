-- Grain: one row per target, night judged and author of its recent hostile feedback who
-- is tied to another of them: the same person or sign-up device, almost the same words,
-- or several other targets in common within 56 days.
with recent as (
    select
        *,
        author_user_id as buyer_user_id,
        target || ' ' || night as graph,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line
    from {{ ref('int_recent_feedback') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('TRF-06', ['min_text_similarity', 'min_shared_targets']) }}
),

clusters as (
    {{ buyer_clusters('recent') }}
),

authors as (
    select distinct
        recent.target,
        recent.graph,
        recent.author_user_id,
        recent.region,
        recent.business_line,
        clusters.cluster_id,
        signups.device_id,
        recent.night
    from recent
    inner join clusters
        on
            recent.buyer_user_id = clusters.buyer_user_id
            and recent.night >= clusters.night
            and recent.night < clusters.until_night
    left join {{ ref('int_signups') }} as signups
        on recent.author_user_id = signups.user_id and recent.night >= signups.night
),

same_hands as (
    select * from authors
    qualify
        count(*) over (partition by graph, cluster_id) > 1
        or (device_id is not null and count(*) over (partition by graph, device_id) > 1)
),

texts as (
    select
        graph,
        feedback_id as item,
        text_minhash as signature
    from recent
),

alike as (
    {{ near_duplicate_texts('texts', min_similarity='0') }}
),

same_words as (
    select
        one.target,
        one.night,
        unnest([one.author_user_id, other.author_user_id]) as author_user_id
    from alike
    inner join recent as one
        on alike.graph = one.graph and alike.item_a = one.feedback_id
    inner join recent as other
        on alike.graph = other.graph and alike.item_b = other.feedback_id
    inner join policy on {{ policy_applies('one') }}
    where
        alike.similarity >= policy.min_text_similarity
        and one.author_user_id != other.author_user_id
),

pasts as (
    select distinct
        authors.*,
        feedback.subject_id
    from authors
    inner join {{ ref('int_hostile_feedback') }} as feedback
        on
            authors.author_user_id = feedback.author_user_id
            and authors.night >= feedback.night
            and authors.night < feedback.event_date + 56
),

same_targets as (
    select
        one.target,
        one.night,
        one.author_user_id
    from pasts as one
    inner join pasts as other
        on one.graph = other.graph and one.subject_id = other.subject_id
    inner join policy on {{ policy_applies('one') }}
    where one.author_user_id != other.author_user_id
    group by
        one.target, one.night, one.author_user_id, other.author_user_id,
        policy.min_shared_targets
    having count(distinct one.subject_id) >= policy.min_shared_targets
),

int_feedback_ties as (
    select target, author_user_id, night from same_hands
    union
    select target, author_user_id, night from same_words
    union
    select target, author_user_id, night from same_targets
)

select * from int_feedback_ties
