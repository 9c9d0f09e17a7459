{#-
    Pairs of actors that keep acting on the same targets at the same time. `events` is a CTE with graph, actor, target
    and acted_at; the rest are expressions: `window_s` (seconds that count as together; cut twice, half a window
    apart, so that neighbours of a cut still meet), `max_target_actors` (a target more actors than that acted on is
    hot and tells nothing), `min_shared` targets together and `min_jaccard`, those by all targets that are not hot of
    the two. Returns graph, item_a < item_b, shared and jaccard.
-#}
{% macro lockstep_pairs(events, window_s, max_target_actors, min_shared, min_jaccard) -%}
    with cold as (
        select *
        from {{ events }}
        qualify
            count(distinct actor) over (partition by graph, target)
            <= {{ max_target_actors }}
    ),

    buckets as (
        select distinct
            graph,
            actor,
            target,
            unnest([0, 1]) as cut,
            (2 * cast(epoch(acted_at) as bigint) + cut * {{ window_s }})
            // (2 * {{ window_s }}) as bucket
        from cold
    ),

    shared as (
        select
            one.graph,
            one.actor as item_a,
            other.actor as item_b,
            count(distinct one.target) as shared
        from buckets as one
        inner join buckets as other
            on
                one.graph = other.graph
                and one.target = other.target
                and one.cut = other.cut
                and one.bucket = other.bucket
                and one.actor < other.actor
        group by one.graph, one.actor, other.actor
    ),

    sizes as (
        select
            graph,
            actor,
            count(distinct target) as targets
        from cold
        group by graph, actor
    ),

    compared as (
        select
            shared.graph,
            shared.item_a,
            shared.item_b,
            shared.shared,
            cast(
                cast(shared.shared as decimal(18, 6))
                / (a.targets + b.targets - shared.shared) as decimal(7, 6)
            ) as jaccard
        from shared
        inner join sizes as a on shared.graph = a.graph and shared.item_a = a.actor
        inner join sizes as b on shared.graph = b.graph and shared.item_b = b.actor
    )

    select *
    from compared
    where shared >= {{ min_shared }} and jaccard >= {{ min_jaccard }}
{%- endmacro %}
