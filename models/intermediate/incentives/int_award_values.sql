-- Grain: one row per award and night on which it changed: what it is worth, whether it
-- is still to be paid, and whether it is for an audience and not for sales.
with awards as (
    select
        *,
        cast(awarded_at as date) as rate_for
    from {{ ref('int_award_states') }}
    where {{ in_range('night') }}
),

rates as (
    {{ known_rates('awards') }}
),

int_award_values as (
    select
        awards.award_id,
        awards.creator_id,
        {{ amount_in_usd(
            'awards.award_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as award_usd,
        awards.status in ('pending', 'granted') as is_unpaid,
        not regexp_matches(awards.metric, 'gmv|sales|order') as is_for_audience,
        awards.night
    from awards
    left join {{ ref('ref_currencies') }} as currencies
        on awards.currency = currencies.currency
    left join rates
        on
            awards.currency = rates.currency
            and awards.rate_for = rates.rate_for
            and awards.night = rates.night
)

select * from int_award_values
