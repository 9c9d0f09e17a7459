-- Of how many traders the platform holds everything article 30 of the Digital Services
-- Act asks for. One row per region and business line with active traders.
with traders as (
    select
        *,
        has_name and has_address and has_contact as has_identity,
        has_payout_account and has_account_holder as has_account
    from {{ ref('int_regulated_sellers') }}
    where is_eu_law and is_trader and status = 'active'
),

counted as (
    select
        region,
        business_line,
        count(*) as traders,
        count(*) filter (where has_identity) as with_identity,
        count(*) filter (where has_identification) as with_identification,
        count(*) filter (where has_account) as with_account,
        count(*) filter (where has_register_no) as with_register_no,
        count(*) filter (where has_self_certification) as with_certification,
        count(*) filter (
            where
            has_identity
            and has_identification
            and has_account
            and has_register_no
            and has_self_certification
        ) as complete_traders,
        max(as_of_date) as as_of_date
    from traders
    group by region, business_line
),

mart_dsa_completeness as (
    select
        region,
        business_line,
        traders,
        with_identity,
        with_identification,
        with_account,
        with_register_no,
        with_certification,
        complete_traders,
        traders - complete_traders as traders_to_limit,
        cast(complete_traders / traders as decimal(9, 6)) as completeness,
        as_of_date
    from counted
)

select * from mart_dsa_completeness
