-- Grain: one row per baseline night, block and member, a seller or a cluster of buyers:
-- the groups that traded most densely with each other in 28 days, beside the densest of
-- the same orders dealt out anew within their day and category. A block is named after
-- its oldest seller; no seller is in two.
with trades_28d as (
    select
        *,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line
    from {{ ref('int_baseline_trades') }}
    where {{ in_range('night') }}
),

profiles as (
    select
        seller_id,
        night,
        onboarded_on
    from {{ ref('int_seller_profiles') }}
    where night <= {{ to_night() }}
),

policy as (
    {{ policy_in_force('COL-02', [
        'peel_slack', 'shuffles', 'max_blocks', 'min_kept_share'
    ]) }}
),

trades as (
    select
        trades_28d.night as graph,
        trades_28d.order_id as trade_id,
        trades_28d.cluster_id as actor,
        trades_28d.seller_id as target,
        trades_28d.placed_on || ' ' || coalesce(trades_28d.category_l1, 'unknown')
            as stratum,
        policy.peel_slack,
        policy.shuffles,
        policy.max_blocks,
        policy.min_kept_share
    from trades_28d
    inner join policy on {{ policy_applies('trades_28d') }}
),

members as (
    {{ dense_blocks('trades') }}
),

seniority as (
    select
        members.graph,
        members.block_no,
        members.member,
        min(profiles.onboarded_on) as onboarded_on
    from members
    left join profiles
        on members.member = profiles.seller_id and members.graph >= profiles.night
    where members.member_type = 'target'
    group by members.graph, members.block_no, members.member
),

oldest as (
    select * from seniority
    qualify row_number() over (
            partition by graph, block_no
            order by onboarded_on asc nulls last, member asc
        ) = 1
),

int_dense_block_members as (
    select
        oldest.member as block_id,
        case members.member_type when 'target' then 'seller' else 'cluster' end
            as member_type,
        members.member as member_id,
        members.block_no,
        cast(members.density / 1000000 as decimal(18, 6)) as density,
        cast(members.null_density / 1000000 as decimal(18, 6)) as null_density,
        members.graph as night
    from members
    inner join oldest
        on members.graph = oldest.graph and members.block_no = oldest.block_no
)

select * from int_dense_block_members
