-- 3,000 trades by chance on three nights, popular sellers among them, and nothing
-- planted: what is densest is not 1.15 times as dense as the shuffles, in none of three
-- blocks a night. Returns the blocks that are, and nights without a block.
with by_chance as (
    select
        night,
        'buyer' || md5_number_lower(night || 'b' || i) % 620 as actor,
        'seller' || md5_number_lower(night || 's' || i) % 138 as target
    from range(3) as nights (night), range(2600) as trades (i) -- noqa: AL05
    union all
    select
        night,
        'buyer' || md5_number_lower(night || 'p' || i) % 620 as actor,
        'seller' || i % 5 as target
    from range(3) as nights (night), range(400) as trades (i) -- noqa: AL05
),

trades as (
    select
        night as graph,
        'o' || row_number() over (
            order by night, actor, target
        ) as trade_id,
        actor,
        target,
        'a day' as stratum,
        0.05 as peel_slack,
        5 as shuffles,
        3 as max_blocks,
        0.2 as min_kept_share
    from by_chance
),

blocks as (
    {{ dense_blocks('trades') }}
)

select
    nights.night,
    blocks.block_no,
    blocks.density,
    blocks.null_density
from (values (0), (1), (2)) as nights (night)
left join blocks on nights.night = blocks.graph
where blocks.graph is null or blocks.density >= 1.15 * blocks.null_density
