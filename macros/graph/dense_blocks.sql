{#-
    Groups of actors and targets that trade with each other far more than chance would have it. `trades` is a CTE with
    graph, trade_id, actor, target and stratum (what is dealt anew together, as day and category), and one column per
    limit, the same for all trades of a graph: peel_slack, shuffles, max_blocks, min_kept_share. Of each graph up to
    `most_blocks` (and max_blocks) blocks, each after the targets of the ones before are taken out:
    the densest part; of its targets those that have at least min_kept_share of their actors in it; its actors, and
    every actor whose weight into the kept targets reaches the block's density. Every graph is peeled in one pass,
    whatever their number. Returns one row per graph, block_no and member (member_type actor or target) with the
    block's density and null_density, the highest density of the shuffled graphs, both in millionths.
-#}
{% macro dense_blocks(trades, most_blocks=3) -%}
    with trades_1 as (
        select * from {{ trades }}
    ),
    {% for block_no in range(1, most_blocks + 1) %}
    shuffled_{{ block_no }} as materialized (
        {{ shuffled_trades('trades_' ~ block_no, 'shuffles') }}
    ),

    edges_{{ block_no }} as materialized (
        select distinct
            {'graph': shuffled.graph, 'shuffle': shuffled.shuffle} as graph,
            shuffled.actor,
            shuffled.target,
            trades.peel_slack,
            trades.min_kept_share
        from shuffled_{{ block_no }} as shuffled
        inner join (
            select distinct graph, peel_slack, min_kept_share
            from trades_{{ block_no }}
        ) as trades on shuffled.graph = trades.graph
    ),

    peeled_{{ block_no }} as materialized (
        {{ densest_edges('edges_' ~ block_no, 'peel_slack') }}
    ),

    densities_{{ block_no }} as (
        select
            graph.graph as graph,
            max(density) filter (where graph.shuffle = 0) as density,
            coalesce(max(density) filter (where graph.shuffle > 0), 0) as null_density
        from peeled_{{ block_no }}
        group by graph.graph
    ),

    sizes_{{ block_no }} as (
        select
            graph,
            target,
            min_kept_share,
            count(*) as actors,
            cast(round(1000000 / ln(count(*) + 5)) as bigint) as weight
        from edges_{{ block_no }}
        where graph.shuffle = 0
        group by graph, target, min_kept_share
    ),

    kept_{{ block_no }} as materialized (
        select
            sizes.graph,
            sizes.target,
            sizes.weight
        from sizes_{{ block_no }} as sizes
        inner join peeled_{{ block_no }} as peeled
            on sizes.graph = peeled.graph and sizes.target = peeled.target
        group by
            sizes.graph, sizes.target, sizes.weight, sizes.actors, sizes.min_kept_share
        having count(*) >= sizes.min_kept_share * sizes.actors
    ),

    members_{{ block_no }} as (
        select
            graph,
            'target' as member_type,
            target as member
        from kept_{{ block_no }}
        union all
        select
            edges.graph,
            'actor' as member_type,
            edges.actor as member
        from edges_{{ block_no }} as edges
        inner join kept_{{ block_no }} as kept
            on edges.graph = kept.graph and edges.target = kept.target
        inner join densities_{{ block_no }} as densities
            on edges.graph.graph = densities.graph
        left join peeled_{{ block_no }} as peeled
            on
                edges.graph = peeled.graph
                and edges.actor = peeled.actor
                and edges.target = peeled.target
        group by edges.graph, edges.actor, densities.density
        having count(peeled.actor) > 0 or sum(kept.weight) >= densities.density
    ),

    blocks_{{ block_no }} as (
        select
            members.graph.graph as graph,
            {{ block_no }} as block_no,
            members.member_type,
            members.member,
            densities.density,
            densities.null_density
        from members_{{ block_no }} as members
        inner join densities_{{ block_no }} as densities
            on members.graph.graph = densities.graph
    ),

    trades_{{ block_no + 1 }} as materialized (
        select trades.*
        from trades_{{ block_no }} as trades
        left join kept_{{ block_no }} as kept
            on trades.graph = kept.graph.graph and trades.target = kept.target
        where kept.target is null and trades.max_blocks > {{ block_no }}
    ){{ ',' if not loop.last }}
    {%- endfor %}

    {% for block_no in range(1, most_blocks + 1) -%}
    select * from blocks_{{ block_no }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
{%- endmacro %}
