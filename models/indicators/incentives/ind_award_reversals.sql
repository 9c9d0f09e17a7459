-- Grain: one row per award and night, from its arrival until 28 days after its period:
-- how far the creator passed the tier, how many others stopped just beyond it, and how
-- much of what was sold in the period was taken back.
with looked_at as (
    select
        *,
        cast(awarded_at as date) as rate_for
    from {{ ref('int_award_sales') }}
    where {{ in_range('night') }}
),

tiers as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by program_id, metric, currency, period_start, tier_threshold
            order by night
        ) as until_night
    from {{ ref('int_award_tiers') }}
    where night <= {{ to_night() }}
),

profiles as (
    {{ periods(ref('int_creator_profiles'), 'creator_id', within='looked_at') }}
),

rates as (
    {{ known_rates('looked_at') }}
),

ind_award_reversals as (
    select
        'award' as entity_type,
        looked_at.award_id as entity_id,
        looked_at.creator_id,
        looked_at.program_id,
        profiles.region,
        cast(null as varchar) as business_line,
        looked_at.metric,
        looked_at.status,
        case
            when not regexp_matches(looked_at.metric, 'gmv|sales|order')
                then 'not_a_sales_metric'
            when looked_at.orders = 0 then 'no_sales'
            when
                rates.usd_per_unit is null
                or (
                    looked_at.metric not like '%order%' and looked_at.unpriced_parts > 0
                )
                then 'no_fx'
        end as missing_input,
        cast(greatest(looked_at.night - looked_at.period_end, 0) as integer)
            as history_days,
        cast(
            looked_at.metric_value / nullif(looked_at.tier_threshold, 0)
            as decimal(18, 6)
        ) as tier_ratio,
        tiers.beyond_tier,
        tiers.beside_tier,
        cast(tiers.beyond_tier / greatest(tiers.beside_tier, 0.5) as decimal(12, 4))
            as bunching_ratio,
        looked_at.orders,
        looked_at.reversed_orders,
        looked_at.sold_usd,
        looked_at.reversed_usd,
        cast(case
            when looked_at.metric like '%order%'
                then cast(looked_at.reversed_orders as double) / looked_at.orders
            else cast(looked_at.reversed_usd as double) / nullif(looked_at.sold_usd, 0)
        end as decimal(12, 6)) as reversed_share,
        {{ amount_in_usd(
            'looked_at.award_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as award_usd,
        looked_at.period_start,
        looked_at.period_end,
        looked_at.night
    from looked_at
    left join tiers
        on
            looked_at.program_id = tiers.program_id
            and looked_at.metric = tiers.metric
            and looked_at.currency = tiers.currency
            and looked_at.period_start = tiers.period_start
            and looked_at.tier_threshold = tiers.tier_threshold
            and looked_at.night >= tiers.night
            and looked_at.night < tiers.until_night
    left join profiles
        on
            looked_at.creator_id = profiles.creator_id
            and looked_at.night >= profiles.night
            and looked_at.night < coalesce(profiles.until_night, date '9999-12-31')
    left join {{ ref('ref_currencies') }} as currencies
        on looked_at.currency = currencies.currency
    left join rates
        on
            looked_at.currency = rates.currency
            and looked_at.rate_for = rates.rate_for
            and looked_at.night = rates.night
)

select * from ind_award_reversals
