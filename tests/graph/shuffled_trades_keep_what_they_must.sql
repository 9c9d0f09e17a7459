-- Every shuffle keeps the trades of each actor, of each target and of each stratum, is
-- another deal than the others, moves targets between actors, and is the same when the
-- rows come in another order. Returns the rules that do not hold.
with trades as (
    select
        1 as graph,
        'o' || lpad(cast(i as varchar), 3, '0') as trade_id,
        'actor' || md5_number_lower('a' || i) % 40 as actor,
        'target' || (i % 2) || '-' || md5_number_lower('t' || i) % 20 as target,
        i % 2 as stratum
    from range(200) as trades (i) -- noqa: AL05
),

turned as (
    select * from trades
    order by trade_id desc
),

deals as (
    {{ shuffled_trades('trades', '3') }}
),

deals_again as (
    {{ shuffled_trades('turned', '3') }}
),

per_deal as (
    select
        shuffle,
        count(*) as trades,
        string_agg(actor, ',' order by trade_id) as actors,
        string_agg(target, ',' order by target, trade_id) as targets,
        string_agg(target, ',' order by trade_id) as deal,
        count(*) filter (where target not like 'target' || stratum || '-%') as strays
    from deals
    group by shuffle
),

rules as (
    select
        'every trade in each of the four' as rule,
        count(*) = 4 and min(trades) = 200 and max(trades) = 200 as holds
    from per_deal
    union all
    select
        'actors keep their trades' as rule,
        count(distinct actors) = 1 as holds
    from per_deal
    union all
    select
        'targets keep their trades' as rule,
        count(distinct targets) = 1 as holds
    from per_deal
    union all
    select
        'every deal is another' as rule,
        count(distinct deal) = 4 as holds
    from per_deal
    union all
    select
        'strata stay apart' as rule,
        sum(strays) = 0 as holds
    from per_deal
    union all
    select
        'the order of rows does not count' as rule,
        count(*) = 0 as holds
    from (
        from deals
        except
        from deals_again
    ) as differences
)

select rule
from rules
where not holds
