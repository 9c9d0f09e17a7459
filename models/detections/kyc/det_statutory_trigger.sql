-- Grain: one row per seller and night on which a law asks for something we do not have:
-- INFORM verification, DAC7 data or the disclosures of DSA article 30. Compliance, not
-- fraud. Which law applies where is a policy row.
with records as (
    select * from {{ ref('ind_seller_statutory') }}
    where night <= {{ to_night() }}
),

policy as (
    {{ policy_in_force('REG-01', [
        'is_inform_law', 'is_eu_law', 'inform_min_sales', 'inform_min_usd',
        'inform_memory_days', 'inform_certificate_days', 'dac7_min_sales',
        'dac7_over_eur', 'dsa_over_usd', 'min_history_days'
    ]) }}
),

in_scope as (
    select
        records.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from records
    inner join policy on {{ policy_applies('records') }}
    where
        records.missing_input is null
        and records.history_days >= policy.min_history_days
),

-- a window that ended in the last year lies within the two years the law looks at
volumes as (
    select
        *,
        max(case
            when
                new_goods_sales_365d >= inform_min_sales
                and new_goods_usd_365d >= inform_min_usd
                then night
        end) over (
            partition by entity_id order by night
        ) as inform_reached_on
    from in_scope
),

suspects as (
    select
        *,
        case
            when
                is_inform_law = 1
                and night - inform_reached_on < inform_memory_days
                and coalesce(
                    night - inform_certified_on >= inform_certificate_days, true
                )
                then 'inform_not_certified'
            when
                is_eu_law = 1
                and missing_for_tax != ''
                and (
                    sales_this_year >= dac7_min_sales
                    or paid_eur_this_year > dac7_over_eur
                )
                then 'dac7_data_missing'
            when
                is_eu_law = 1
                and is_trader
                and paid_usd_28d > dsa_over_usd
                and missing_for_trade != ''
                then 'dsa_disclosure_missing'
        end as reason_code
    from volumes
    where {{ in_range('night') }}
),

judged as (
    select
        *,
        ['seller:' || entity_id] as evidence_objects,
        paid_usd_28d as amount_at_stake_usd,
        cast(coalesce(inform_reached_on, night) as timestamp) as first_event_at,
        cast(night as timestamp) as last_event_at
    from suspects
    where reason_code is not null
),

det_statutory_trigger as (
    {{ detection_fires('judged', 'REG-01', evidence={
        'new_goods_sales_365d': 'inform_min_sales',
        'new_goods_usd_365d': 'inform_min_usd',
        'inform_reached_on': none,
        'inform_certified_on': none,
        'sales_this_year': 'dac7_min_sales',
        'paid_eur_this_year': 'dac7_over_eur',
        'missing_for_tax': none,
        'missing_for_trade': none,
        'paid_usd_28d': 'dsa_over_usd',
    }) }}
)

select * from det_statutory_trigger
