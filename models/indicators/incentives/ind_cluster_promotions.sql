-- Grain: one row per buyer cluster, promotion it redeemed twice or more in 180 days and
-- baseline night: how often, over how many accounts, beside what one person may (IN01).
with baselines as (
    {{ baseline_nights() }}
),

redemptions as (
    select
        *,
        cast(redeemed_at as date) as redeemed_on
    from {{ ref('stg_promotion_redemptions') }}
    where night <= {{ to_night() }} and redeemed_at >= {{ from_night() }} - 180
),

promotions as (
    select
        versions.promotion_id,
        versions.promotion_type,
        versions.limit_per_person,
        baselines.night
    from baselines
    inner join {{ ref('stg_promotions') }} as versions
        on baselines.night >= versions.night
    qualify row_number() over (
            partition by versions.promotion_id, baselines.night
            order by versions.record_seq desc
        ) = 1
),

clusters as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type = 'user' and night <= {{ to_night() }}
),

used as (
    select
        coalesce(clusters.cluster_id, 'user:' || redemptions.user_id) as cluster_id,
        redemptions.promotion_id,
        count(*) as redemptions,
        count(distinct redemptions.user_id) as accounts,
        min(redemptions.redeemed_on) as first_on,
        baselines.night
    from baselines
    inner join redemptions
        on
            baselines.night >= redemptions.night
            and baselines.night - 180 < redemptions.redeemed_on
    left join clusters
        on
            redemptions.user_id = clusters.party_id
            and baselines.night >= clusters.night
            and baselines.night < coalesce(clusters.until_night, date '9999-12-31')
    group by all
    having count(*) > 1
),

ind_cluster_promotions as (
    select
        'cluster' as entity_type,
        used.cluster_id as entity_id,
        used.promotion_id,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line,
        promotions.promotion_type,
        case
            when promotions.promotion_id is null then 'no_promotion'
            when promotions.limit_per_person is null then 'no_limit'
        end as missing_input,
        cast(used.night - used.first_on as integer) as history_days,
        used.redemptions as redemptions_180d,
        used.accounts as accounts_180d,
        promotions.limit_per_person,
        cast(
            cast(used.redemptions as double) / nullif(promotions.limit_per_person, 0)
            as decimal(12, 4)
        ) as limit_ratio,
        used.night
    from used
    left join promotions
        on
            used.promotion_id = promotions.promotion_id
            and used.night = promotions.night
)

select * from ind_cluster_promotions
