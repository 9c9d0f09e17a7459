-- Cycles of 2, 3 and 4 that run in time, however they are turned; one that closes only
-- because money flowed there again later; and what is no cycle: against time, a cycle
-- of 5, a self-payment, a fan. The value is that of the smallest step.
-- Returns what differs.
with flows (graph, payer, payee, value, first_day, last_day) as (
    values
    ('two', 'b', 'a', 500, 1, 1),
    ('two', 'a', 'b', 400, 2, 2),
    ('three', 'c', 'a', 90, 1, 1),
    ('three', 'a', 'b', 80, 2, 2),
    ('three', 'b', 'c', 70, 3, 3),
    ('four', 'a', 'd', 10, 1, 1),
    ('four', 'd', 'b', 20, 2, 2),
    ('four', 'b', 'c', 30, 3, 3),
    ('four', 'c', 'a', 40, 4, 4),
    ('later', 'a', 'b', 10, 3, 3),
    ('later', 'b', 'a', 20, 1, 9),
    ('at once', 'a', 'b', 10, 3, 3),
    ('at once', 'b', 'a', 10, 3, 3),
    ('against time', 'a', 'b', 10, 3, 3),
    ('against time', 'b', 'c', 10, 2, 2),
    ('against time', 'c', 'a', 10, 1, 1),
    ('five', 'a', 'b', 10, 1, 1),
    ('five', 'b', 'c', 10, 2, 2),
    ('five', 'c', 'd', 10, 3, 3),
    ('five', 'd', 'e', 10, 4, 4),
    ('five', 'e', 'a', 10, 5, 5),
    ('itself', 'a', 'a', 10, 1, 2),
    ('fan', 'a', 'b', 10, 1, 2),
    ('fan', 'a', 'c', 10, 1, 2),
    ('fan', 'b', 'c', 10, 1, 2)
),

dated as (
    select
        graph,
        payer,
        payee,
        value,
        timestamp '2026-03-01' + interval (first_day) day as first_at,
        timestamp '2026-03-01' + interval (last_day) day as last_at
    from flows
),

cycles as (
    {{ value_cycles('dated') }}
),

expected (graph, nodes, value) as (
    values
    ('two', ['a', 'b'], 400),
    ('three', ['a', 'b', 'c'], 70),
    ('four', ['a', 'd', 'b', 'c'], 10),
    ('later', ['a', 'b'], 10)
)

select
    coalesce(expected.graph, cycles.graph) as graph,
    cycles.nodes,
    cycles.value
from expected
full join cycles on expected.graph = cycles.graph and expected.nodes = cycles.nodes
where
    expected.value is distinct from cycles.value
    or cycles.cycle_length != len(cycles.nodes)
