-- Two actors 20 minutes apart meet although a two-hour bucket ends between them; three
-- hours apart they do not; four shared targets are one too few; a share of 5 in 25
-- targets is enough, 5 in 26 is not. Returns the rules that do not hold.
with events as (
    select
        'across a cut' as graph,
        actor,
        target,
        timestamp '2026-03-01 01:50:00' + interval (late * 20) minute as acted_at
    from
        (values ('a', 0), ('b', 1)) as pair (actor, late), -- noqa: AL05
        range(5) as t (target) -- noqa: AL05
    union all
    select
        'too far apart' as graph,
        actor,
        target,
        timestamp '2026-03-01 01:50:00' + interval (late * 3) hour as acted_at
    from
        (values ('a', 0), ('b', 1)) as pair (actor, late), -- noqa: AL05
        range(5) as t (target) -- noqa: AL05
    union all
    select
        'too few' as graph,
        actor,
        target,
        timestamp '2026-03-01' as acted_at
    from
        (values ('a'), ('b')) as pair (actor), -- noqa: AL05
        range(4) as t (target) -- noqa: AL05
    union all
    select
        'share reached' as graph,
        actor,
        target,
        timestamp '2026-03-01' as acted_at
    from
        (values ('a', 25), ('b', 5)) as pair (actor, targets), -- noqa: AL05
        range(25) as t (target) -- noqa: AL05
    where target < targets
    union all
    select
        'share missed' as graph,
        actor,
        target,
        timestamp '2026-03-01' as acted_at
    from
        (values ('a', 26), ('b', 5)) as pair (actor, targets), -- noqa: AL05
        range(26) as t (target) -- noqa: AL05
    where target < targets
),

pairs as (
    {{ lockstep_pairs('events', 7200, 60, 5, 0.2) }}
),

expected (graph, jaccard) as (
    values
    ('across a cut', 1.0),
    ('share reached', 0.2)
)

select
    coalesce(expected.graph, pairs.graph) as graph,
    pairs.shared,
    pairs.jaccard
from expected
full join pairs on expected.graph = pairs.graph
where expected.jaccard is distinct from pairs.jaccard
