-- Two actors who both trade with two targets, and a pair beside them. An edge weighs
-- 1 / ln(2 + 5) = 0.513898 there and 1 / ln(1 + 5) = 0.558111 beside. All together:
-- 2.613703 by 6 nodes = 0.435617, of which 2.1 times (slack 0.05) is 0.9148: the pair
-- goes, the four stay with 1.027796 each: 2.055592 by 4 = 0.513898. With slack 0.5 the
-- limit is 1.3069: all go at once, and the whole is the densest round.
-- Returns what differs.
with pairs (actor, target) as (
    values
    ('a', 's'), ('a', 't'), ('b', 's'), ('b', 't'), ('x', 'y')
),

edges as (
    select
        0.05 as graph,
        actor,
        target
    from pairs
    union all
    select
        0.50 as graph,
        actor,
        target
    from pairs
),

found as (
    {{ densest_edges('edges', 'graph') }}
),

answers as (
    select
        graph,
        count(*) as kept,
        sum(weight) as weight,
        min(density) as density
    from found
    group by graph
),

expected (graph, kept, weight, density) as (
    values
    (0.05, 4, 2055592, 513898), (0.50, 5, 2613703, 435617)
)

select
    expected.graph,
    answers.*
from expected
left join answers on expected.graph = answers.graph
where
    (expected.kept, expected.weight, expected.density)
    is distinct from (answers.kept, answers.weight, answers.density)
