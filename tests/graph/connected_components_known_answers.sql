-- A chain of 200 written in no order, a ring, two graphs that use the same names, and a
-- pair given twice: each item has the least item it can reach. Returns what differs.
with links as ( -- noqa: ST03
    select
        'chain' as graph,
        lpad(cast(1 + rank_no as varchar), 3, '0') as item_a,
        lpad(cast(rank_no as varchar), 3, '0') as item_b
    from range(200) as ranks (rank_no) -- noqa: AL05
    union all
    values
    ('ring', 'b', 'c'), ('ring', 'c', 'd'), ('ring', 'd', 'b'), ('ring', 'x', 'y'),
    ('other', 'd', 'a'), ('other', 'd', 'a'), ('other', 'a', 'd')
),

components as (
    {{ connected_components('links') }} -- noqa: PRS
),

expected (graph, component, items) as (
    values
    ('chain', '000', 201), ('ring', 'b', 3), ('ring', 'x', 2), ('other', 'a', 2)
),

found as (
    select
        graph,
        component,
        count(*) as items
    from components
    group by graph, component
)

select
    coalesce(expected.graph, found.graph) as graph,
    coalesce(expected.component, found.component) as component,
    found.items
from expected
full join found
    on expected.graph = found.graph and expected.component = found.component
where expected.items is distinct from found.items
