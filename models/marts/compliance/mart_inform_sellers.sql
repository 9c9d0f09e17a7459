-- How near each seller is to being a high-volume seller of the INFORM Consumers Act,
-- and the day on which it is one at its present pace. One row per seller whom the act
-- covers.
with sellers as (
    select * from {{ ref('int_regulated_sellers') }}
    where is_inform_law
),

paces as (
    select
        sellers.seller_id,
        sum(days.new_goods_sales) as pace_sales,
        sum(days.new_goods_usd) as pace_usd
    from sellers
    inner join {{ ref('int_seller_sale_days') }} as days
        on
            sellers.seller_id = days.seller_id
            and sellers.as_of_date - sellers.pace_days < days.event_date
            and sellers.as_of_date >= days.event_date
    group by sellers.seller_id
),

measured as (
    select
        windows.*,
        sellers.as_of_date,
        sellers.pace_days,
        windows.sales >= sellers.inform_min_sales
        and windows.paid_usd >= sellers.inform_min_usd as is_reached,
        least(
            windows.sales / sellers.inform_min_sales,
            windows.paid_usd / sellers.inform_min_usd
        ) as progress,
        greatest(sellers.inform_min_sales - windows.sales, 0) as missing_sales,
        greatest(sellers.inform_min_usd - windows.paid_usd, 0) as missing_usd,
        coalesce(paces.pace_sales, 0) as pace_sales,
        coalesce(paces.pace_usd, 0) as pace_usd
    from {{ ref('int_inform_windows') }} as windows
    inner join sellers on windows.seller_id = sellers.seller_id
    left join paces on windows.seller_id = paces.seller_id
),

-- a year counts until it is over: what it still lacks must come before
projected as (
    select
        *,
        case
            when
                (missing_sales = 0 or pace_sales > 0)
                and (missing_usd = 0 or pace_usd > 0)
                then as_of_date + cast(greatest(
                        ceil(missing_sales * pace_days / nullif(pace_sales, 0)),
                        ceil(missing_usd * pace_days / nullif(pace_usd, 0)),
                        0
                    ) as integer)
        end as reached_on
    from measured
),

judged as (
    select
        seller_id,
        bool_or(is_reached) as is_high_volume,
        bool_and(is_usd_complete) as is_usd_complete,
        min(reached_on) filter (where reached_on <= window_end_date) as crossing_on
    from projected
    group by seller_id
),

nearest as (
    select * from projected
    qualify row_number() over (
            partition by seller_id order by progress desc, window_start_date asc
        ) = 1
),

mart_inform_sellers as (
    select
        sellers.seller_id,
        sellers.region,
        sellers.business_line,
        sellers.status,
        nearest.sales as window_sales,
        cast(sellers.inform_min_sales as integer) as limit_sales,
        cast(nearest.missing_sales as bigint) as sales_to_limit,
        cast(nearest.pace_sales as bigint) as pace_sales,
        nearest.paid_usd as window_usd,
        cast(sellers.inform_min_usd as decimal(18, 2)) as limit_usd,
        cast(nearest.missing_usd as decimal(18, 2)) as usd_to_limit,
        cast(nearest.pace_usd as decimal(18, 2)) as pace_usd,
        case
            when judged.is_high_volume or judged.is_usd_complete
                then judged.is_high_volume
        end as is_high_volume,
        coalesce(
            sellers.as_of_date - sellers.inform_certified_on
            < sellers.inform_certificate_days, false
        ) as is_certified,
        nearest.window_start_date,
        case when not judged.is_high_volume then judged.crossing_on end as crossed_on,
        sellers.as_of_date
    from sellers
    inner join judged on sellers.seller_id = judged.seller_id
    inner join nearest on sellers.seller_id = nearest.seller_id
)

select * from mart_inform_sellers
