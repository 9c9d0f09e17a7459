-- Grain: one row per tier of a programme's period and night on which an award of that
-- period changed: how many creators stopped just beyond the tier, and how many just
-- short of it. Nobody is seen short of the lowest tier, because awards are given from
-- there on: for it the band behind the first stands in.
with all_states as (
    select * from {{ ref('int_award_states') }}
    where night <= {{ to_night() }}
),

periods as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by award_id order by night
        ) as until_night
    from all_states
),

policy as (
    {{ policy_in_force('INC-04', ['tier_band']) }}
),

touched as (
    select distinct
        program_id,
        metric,
        currency,
        period_start,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line,
        night
    from all_states
    where {{ in_range('night') }}
),

reached as (
    select
        touched.*,
        periods.metric_value,
        periods.tier_threshold,
        min(periods.tier_threshold) over (
            partition by
                touched.program_id,
                touched.metric,
                touched.currency,
                touched.period_start,
                touched.night
        ) as lowest_tier
    from touched
    inner join periods
        on
            touched.program_id = periods.program_id
            and touched.metric = periods.metric
            and touched.currency = periods.currency
            and touched.period_start = periods.period_start
            and touched.night >= periods.night
            and touched.night < periods.until_night
),

tiers as (
    select distinct
        reached.* exclude (metric_value),
        reached.tier_threshold * (1 - policy.tier_band) as short_from,
        reached.tier_threshold * (1 + policy.tier_band) as beyond_to,
        reached.tier_threshold * (1 + 2 * policy.tier_band) as second_band_to
    from reached
    inner join policy on {{ policy_applies('reached') }}
),

int_award_tiers as (
    select
        tiers.program_id,
        tiers.metric,
        tiers.currency,
        tiers.period_start,
        tiers.tier_threshold,
        count(*) filter (
            where reached.metric_value >= tiers.tier_threshold
            and reached.metric_value < tiers.beyond_to
        ) as beyond_tier,
        count(*) filter (
            where case
                when tiers.tier_threshold > tiers.lowest_tier
                    then
                        reached.metric_value >= tiers.short_from
                        and reached.metric_value < tiers.tier_threshold
                else
                    reached.metric_value >= tiers.beyond_to
                    and reached.metric_value < tiers.second_band_to
            end
        ) as beside_tier,
        tiers.night
    from tiers
    inner join reached
        using (program_id, metric, currency, period_start, night)
    group by
        tiers.program_id,
        tiers.metric,
        tiers.currency,
        tiers.period_start,
        tiers.tier_threshold,
        tiers.night
)

select * from int_award_tiers
