{#-
    Which items hang together. `links` is a CTE with graph, item_a and item_b, in any direction. Returns one row per
    graph and item with `component`, the least item that can be reached from it. Items without a link are not in it.
-#}
{% macro connected_components(links) -%}
    with recursive steps as (
        select graph, item_a, item_b from {{ links }}
        union
        select graph, item_b, item_a from {{ links }}
    ),

    reached (graph, item, component) using key (graph, item) as (
        select distinct
            graph,
            item_a,
            item_a
        from steps
        union
        (
            select
                known.graph,
                known.item,
                min(news.component)
            from recurring.reached as known
            inner join steps
                on known.graph = steps.graph and known.item = steps.item_a
            inner join reached as news
                on news.graph = steps.graph and news.item = steps.item_b
            where news.component < known.component
            group by known.graph, known.item
        )
    )

    select graph, item, component from reached
{%- endmacro %}
