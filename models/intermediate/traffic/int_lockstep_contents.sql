-- Grain: one row per baseline night, lockstep cluster and content its accounts acted on
-- in the seven days before: by how many of them, and what commissions the content
-- earned in these days.
with acts as (
    select * from {{ ref('int_lockstep_acts') }}
    where {{ in_range('night') }}
),

sales as (
    select
        *,
        cast(placed_at as date) as placed_on
    from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and order_type = 'normal'
        and placed_at >= {{ from_night() }} - 7
        and content_id in (select acts.content_id from acts)
),

contents as (
    select
        cluster_name,
        content_id,
        min(creator_id) as creator_id,
        count(*) as accounts,
        night
    from acts
    group by cluster_name, content_id, night
),

earned as (
    select
        contents.cluster_name,
        contents.content_id,
        contents.night,
        sum(sales.commission_usd) as commission_usd_7d
    from contents
    inner join sales
        on
            contents.content_id = sales.content_id
            and contents.night >= sales.night
            and contents.night >= sales.placed_on
            and contents.night < sales.placed_on + 7
    group by contents.cluster_name, contents.content_id, contents.night
),

int_lockstep_contents as (
    select
        contents.cluster_name,
        contents.content_id,
        contents.creator_id,
        contents.accounts,
        cast(coalesce(earned.commission_usd_7d, 0) as decimal(18, 2))
            as commission_usd_7d,
        contents.night
    from contents
    left join earned using (cluster_name, content_id, night)
)

select * from int_lockstep_contents
