{{ config(materialized='incremental', incremental_strategy='replace_nights') }}

-- How concentrated exposure is at the end of each night: on the identity clusters of
-- sellers, on regions and on scenarios. One row per night, dimension and measure.
with sellers as (
    select * from {{ ref('int_exposure_sellers') }}
    where {{ in_range('night') }}
),

daily as (
    select * from {{ ref('mart_exposure_daily') }}
    where {{ in_range('night') }}
),

members as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type = 'seller' and night <= {{ to_night() }}
),

holdings as (
    select
        sellers.night,
        'seller_cluster' as dimension,
        coalesce(members.cluster_id, 'seller:' || sellers.seller_id) as holder,
        sellers.gross_usd,
        sellers.ead_usd
    from sellers
    left join members
        on
            sellers.seller_id = members.party_id
            and sellers.night >= members.night
            and sellers.night < coalesce(members.until_night, date '9999-12-31')
    union all
    select
        night,
        'region' as dimension,
        region as holder,
        gross_usd,
        ead_usd
    from daily
    union all
    select
        night,
        'scenario' as dimension,
        scenario as holder,
        gross_usd,
        ead_usd
    from daily
    where scenario != 'none'
),

amounts as (
    select
        holdings.night,
        holdings.dimension,
        holdings.holder,
        side.measure,
        cast(sum(
            case side.measure when 'gross_usd' then gross_usd else ead_usd end
        ) as decimal(18, 2)) as amount_usd
    from holdings
    cross join (values ('gross_usd'), ('ead_usd')) as side (measure)
    group by all
),

shares as (
    select
        *,
        cast(amount_usd as double)
        / sum(amount_usd) over (partition by night, dimension, measure) as share,
        row_number() over (
            partition by night, dimension, measure order by amount_usd desc, holder asc
        ) as place
    from amounts
    where amount_usd > 0
),

totals as (
    select
        night,
        dimension,
        measure,
        count(*) as holders,
        sum(amount_usd) as amount_usd,
        sum(share ** 2 order by place) as hhi,
        sum(share order by place) filter (where place <= 1) as top_1_share,
        sum(share order by place) filter (where place <= 5) as top_5_share,
        sum(share order by place) filter (where place <= 10) as top_10_share,
        min(holder) filter (where place = 1) as largest_holder
    from shares
    group by night, dimension, measure
),

mart_exposure_concentration as (
    select
        dimension,
        measure,
        largest_holder,
        holders,
        cast(amount_usd as decimal(18, 2)) as amount_usd,
        cast(hhi as decimal(9, 6)) as hhi,
        cast(1 / hhi as decimal(18, 2)) as effective_number,
        cast(top_1_share as decimal(9, 6)) as top_1_share,
        cast(top_5_share as decimal(9, 6)) as top_5_share,
        cast(top_10_share as decimal(9, 6)) as top_10_share,
        night
    from totals
)

select * from mart_exposure_concentration
