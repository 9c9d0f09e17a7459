{#-
    Value that comes back: cycles of 2, 3 and 4 nodes in which each step happens after the one before. `flows` is a
    CTE with graph, payer, payee, value, first_at and last_at, one row per graph, payer and payee; leave small flows
    out before. A step's time is its first_at where that is after the step before, else its last_at. Nodes that only
    pay or are only paid are dropped first; each cycle is found from every node and kept once, smallest node first, in
    the order value runs. Returns graph, nodes (a list), cycle_length, value (of the smallest step), first_at and
    last_at (of the earliest such round).
-#}
{% macro value_cycles(flows) -%}
    with flows_1 as (
        select * from {{ flows }}
        where payer != payee
    ),
    {% for pass in range(1, 4) %}
    flows_{{ pass + 1 }} as (
        select flows.*
        from flows_{{ pass }} as flows
        semi join flows_{{ pass }} as before
            on flows.graph = before.graph and flows.payer = before.payee
        semi join flows_{{ pass }} as after
            on flows.graph = after.graph and flows.payee = after.payer
    ),
    {% endfor %}
    steps as materialized (
        select * from flows_4
    ),

    paths_1 as (
        select
            graph,
            [payer] as nodes,
            payee as reached,
            value,
            first_at,
            first_at as last_at
        from steps
    ),
    {% for length in range(2, 5) %}
    paths_{{ length }} as (
        select
            paths.graph,
            list_append(paths.nodes, paths.reached) as nodes,
            steps.payee as reached,
            least(paths.value, steps.value) as value,
            paths.first_at,
            case
                when steps.first_at > paths.last_at then steps.first_at
                else steps.last_at
            end as last_at
        from paths_{{ length - 1 }} as paths
        inner join steps
            on
                paths.graph = steps.graph
                and paths.reached = steps.payer
                and paths.last_at < steps.last_at
        where not list_contains(paths.nodes, paths.reached)
    ),
    {% endfor %}
    closed as (
        {%- for length in range(2, 5) %}
        select * from paths_{{ length }}
        where reached = nodes[1]
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    ),

    turned as (
        select
            graph,
            list_concat(
                nodes[list_position(nodes, list_min(nodes)):],
                nodes[1:list_position(nodes, list_min(nodes)) - 1]
            ) as nodes,
            len(nodes) as cycle_length,
            value,
            first_at,
            last_at
        from closed
    )

    select *
    from turned
    qualify row_number() over (
        partition by graph, nodes order by first_at, last_at, value desc
    ) = 1
{%- endmacro %}
