-- What a promotion cost, what it came with and who captured it: one row per promotion
-- and currency in which it was redeemed.
with uses as (
    select * from {{ ref('int_promotion_uses') }}
),

promotions as (
    select * from {{ ref('stg_promotions') }}
    qualify row_number() over (partition by promotion_id order by record_seq desc) = 1
),

coverage as (
    {{ is_metric_known('promotion_economics') }}
),

spent as (
    select
        promotion_id,
        currency,
        {{ incentive_sums() }}
    from {{ ref('int_incentive_spend') }}
    where promotion_id is not null
    group by promotion_id, currency
),

joined as (
    select
        uses.*,
        promotions.promotion_type,
        promotions.funded_by,
        case when promotions.currency = uses.currency then promotions.budget_minor end
            as budget_minor,
        case when coverage.is_known then coalesce(spent.granted_minor, 0) end
            as granted_minor,
        case when coverage.is_known then coalesce(spent.taken_back_minor, 0) end
            as taken_back_minor,
        case when coverage.is_known then coalesce(spent.spend_minor, 0) end
            as spend_minor,
        case when coverage.is_known then spent.leaked_minor end as leaked_minor,
        case when coverage.is_known then coalesce(spent.spend_usd, 0) end as spend_usd,
        case when coverage.is_known then spent.leaked_usd end as leaked_usd,
        coalesce(spent.is_usd_complete, true) as is_usd_complete,
        cast(promotions.starts_at as date) as starts_on,
        cast(promotions.ends_at as date) as ends_on
    from uses
    cross join coverage
    left join promotions on uses.promotion_id = promotions.promotion_id
    left join spent
        on
            uses.promotion_id = spent.promotion_id
            and uses.currency = spent.currency
),

mart_promotion_economics as (
    select
        promotion_id,
        top_person_id,
        promotion_type,
        funded_by,
        currency,
        redemptions,
        people,
        budget_minor,
        redeemed_minor,
        granted_minor,
        taken_back_minor,
        spend_minor,
        leaked_minor,
        gmv_minor,
        cast(spend_usd as decimal(18, 2)) as spend_usd,
        cast(leaked_usd as decimal(18, 2)) as leaked_usd,
        {{ share_of('redeemed_minor', 'budget_minor') }} as budget_used_share,
        top_person_share,
        top_10_share,
        effective_people,
        {{ share_of('granted_minor', 'gmv_minor') }} as subsidy_intensity,
        {{ share_of('leaked_minor', 'spend_minor') }} as leakage_rate,
        is_usd_complete,
        starts_on,
        ends_on
    from joined
)

select * from mart_promotion_economics
