-- Pairs by chance are of different teams of one graph, each once, no more than the
-- steps a member, all there are in a graph of no more members than that, others in
-- another graph, and the same when the rows come in another order. Returns the rules
-- that do not hold.
with members as (
    select
        graph,
        graph || '-' || i as member,
        case when i % 4 > 0 then 'team' || i % 4 end as team
    from (
        values
        ('large', 60),
        ('other', 60),
        ('small', 8)
    ) as graphs (graph, members) -- noqa: AL05
    cross join range(60) as numbers (i) -- noqa: AL05
    where i < members
),

turned as (
    select * from members
    order by member desc
),

pairs as (
    {{ pairs_by_chance('members', 8) }}
),

pairs_again as (
    {{ pairs_by_chance('turned', 8) }}
),

teams as (
    select
        pairs.*,
        one.team as team_a,
        other.team as team_b,
        split_part(pairs.member_a, '-', 2) || ':' || split_part(pairs.member_b, '-', 2)
            as numbers
    from pairs
    inner join members as one
        on pairs.graph = one.graph and pairs.member_a = one.member
    inner join members as other
        on pairs.graph = other.graph and pairs.member_b = other.member
),

rules as (
    select
        'pairs are within a graph' as rule,
        count(*) = (select count(*) from pairs) as holds
    from teams
    union all
    select
        'never of one team, never with oneself, each once' as rule,
        count(*) filter (where team_a = team_b or member_a >= member_b) = 0
        and count(*) = count(distinct concat_ws('|', member_a, member_b)) as holds
    from teams
    union all
    select
        'eight steps a member at most, and most of them' as rule,
        count(*) between 60 * 5 and 60 * 8 as holds
    from teams
    where graph = 'large'
    union all
    -- 28 pairs of eight, less one within each of the three teams
    select
        'all there are in a small graph' as rule,
        count(*) = 25 as holds
    from teams
    where graph = 'small'
    union all
    select
        'another graph is drawn anew' as rule,
        count(*) filter (where graph = 'other' and numbers in (
            select drawn.numbers from teams as drawn
            where drawn.graph = 'large'
        )) < count(*) filter (where graph = 'other') / 2 as holds
    from teams
    union all
    select
        'the order of rows does not count' as rule,
        count(*) = 0 as holds
    from (
        from pairs
        except
        from pairs_again
    ) as differences
)

select rule
from rules
where not holds
