{#-
    The densest part of each graph of `edges` (graph, actor, target; each pair once), by batch peeling: every round
    removes all nodes whose weighted degree is at most 2 (1 + slack) of the graph's density, and the round of the
    highest density is kept, the smallest of equal ones. An edge weighs 1 / ln(actors of its target + 5), so that what
    everybody buys hardly counts, in millionths: sums are exact. Density is weight by nodes. `slack` is an expression
    over the columns of `edges`. Returns the edges of the densest part with `weight` and `density`.
-#}
{% macro densest_edges(edges, slack) -%}
    with recursive weighted as (
        select
            graph,
            actor,
            target,
            {{ slack }} as slack,
            cast(round(1000000 / ln(
                count(*) over (partition by graph, target) + 5
            )) as bigint) as weight
        from {{ edges }}
    ),

    peeled as (
        select
            graph,
            actor,
            target,
            slack,
            weight,
            1 as peel_round
        from weighted
        union all
        select
            peeled.graph,
            peeled.actor,
            peeled.target,
            peeled.slack,
            peeled.weight,
            peeled.peel_round + 1
        from peeled
        inner join (
            select graph, actor, sum(weight) as weight
            from peeled
            group by graph, actor
        ) as actors
            on peeled.graph = actors.graph and peeled.actor = actors.actor
        inner join (
            select graph, target, sum(weight) as weight
            from peeled
            group by graph, target
        ) as targets
            on peeled.graph = targets.graph and peeled.target = targets.target
        inner join (
            select
                graph,
                sum(weight) as weight,
                count(distinct actor) + count(distinct target) as nodes
            from peeled
            group by graph
        ) as wholes on peeled.graph = wholes.graph
        where
            least(actors.weight, targets.weight) * wholes.nodes
            > 2 * (1 + peeled.slack) * wholes.weight
    ),

    densities as (
        select
            graph,
            peel_round,
            cast(
                sum(weight)
                // (count(distinct actor) + count(distinct target)) as bigint
            ) as density
        from peeled
        group by graph, peel_round
        qualify row_number() over (
            partition by graph order by density desc, peel_round desc
        ) = 1
    )

    select
        peeled.graph,
        peeled.actor,
        peeled.target,
        peeled.weight,
        densities.density
    from peeled
    inner join densities
        on
            peeled.graph = densities.graph
            and peeled.peel_round = densities.peel_round
{%- endmacro %}
