{{ config(materialized='view') }}

-- Sellers as of the last night: what they disclosed and what the laws of their region
-- ask, by the same policy rows as the statutory trigger. One row per seller.
with last_night as (
    select max(night) as night
    from {{ ref('stg_landing_deliveries') }}
),

disclosures as (
    select
        disclosed.* exclude (night),
        last_night.night
    from {{ ref('int_seller_disclosures') }} as disclosed
    cross join last_night
    qualify row_number() over (
            partition by disclosed.seller_id order by disclosed.night desc
        ) = 1
),

accounts as (
    select * from {{ ref('stg_payout_accounts') }}
    where party_type = 'seller'
    qualify row_number() over (
            partition by payout_account_id order by record_seq desc
        ) = 1
),

holders as (
    select distinct party_id as seller_id
    from accounts
    where removed_at is null and holder_name_hash is not null
),

policy as (
    {{ policy_in_force('REG-01', [
        'is_inform_law', 'is_eu_law', 'inform_min_sales', 'inform_min_usd',
        'inform_memory_days', 'inform_certificate_days', 'dac7_min_sales',
        'dac7_over_eur'
    ]) }}
),

money as (
    select * from {{ ref('int_policy_money') }}
),

int_regulated_sellers as (
    select
        disclosures.* exclude (night),
        holders.seller_id is not null as has_account_holder,
        coalesce(policy.is_inform_law = 1, false) as is_inform_law,
        coalesce(policy.is_eu_law = 1, false) as is_eu_law,
        policy.inform_min_sales,
        policy.inform_min_usd,
        cast(policy.inform_memory_days as integer) as inform_memory_days,
        cast(policy.inform_certificate_days as integer) as inform_certificate_days,
        policy.dac7_min_sales,
        policy.dac7_over_eur,
        money.pace_days,
        money.trading_year_days,
        disclosures.night as as_of_date
    from disclosures
    left join holders on disclosures.seller_id = holders.seller_id
    left join policy on {{ policy_applies('disclosures') }}
    left join money on {{ policy_applies('disclosures', 'money') }}
)

select * from int_regulated_sellers
