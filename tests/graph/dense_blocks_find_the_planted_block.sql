-- A block of 20 buyers and 12 sellers, four of five pairs of which trade (four buyers
-- trade with 7 of the 12 only, and are found by expansion), among 3,000 trades by
-- chance; the others also buy three times from the five most popular sellers, to
-- look like everybody. The first block found is exactly the planted one and at least
-- 1.15 times as dense as every shuffle. Returns what differs.
with planted as (
    select
        'buyer' || lpad(cast(b as varchar), 3, '0') as actor,
        'seller' || lpad(cast(s as varchar), 3, '0') as target
    from range(20) as buyers (b), range(12) as sellers (s) -- noqa: AL05
    where if(b < 16, (b + 2 * s) % 6 != 0, (b + s) % 12 < 7)
),

by_chance as (
    select
        'buyer' || lpad(cast(md5_number_lower('b' || i) % 620 as varchar), 3, '0')
            as actor,
        'seller' || lpad(cast(12 + md5_number_lower('s' || i) % 138 as varchar), 3, '0')
            as target
    from range(2600) as trades (i) -- noqa: AL05
    union all
    select
        'buyer' || lpad(cast(md5_number_lower('p' || i) % 620 as varchar), 3, '0')
            as actor,
        'seller' || (145 + i % 5) as target
    from range(400) as trades (i) -- noqa: AL05
),

camouflage as (
    select
        'buyer' || lpad(cast(b as varchar), 3, '0') as actor,
        'seller' || (145 + (b + c) % 5) as target
    from range(16) as buyers (b), range(3) as copies (c) -- noqa: AL05
),

together as (
    select * from planted
    union all
    select * from by_chance
    union all
    select * from camouflage
),

trades as (
    select
        date '2026-03-01' as graph,
        'o' || row_number() over (order by actor, target) as trade_id,
        actor,
        target,
        'a day' as stratum,
        0.05 as peel_slack,
        5 as shuffles,
        1 as max_blocks,
        0.2 as min_kept_share
    from together
),

blocks as (
    {{ dense_blocks('trades') }}
),

expected as (
    select distinct
        'actor' as member_type,
        actor as member
    from planted
    union
    select distinct
        'target' as member_type,
        target as member
    from planted
)

select
    coalesce(expected.member, blocks.member) as member,
    blocks.density,
    blocks.null_density,
    blocks.block_no
from expected
full join blocks
    on
        expected.member_type = blocks.member_type
        and expected.member = blocks.member
where
    expected.member is null
    or blocks.member is null
    or blocks.density < 1.15 * blocks.null_density
