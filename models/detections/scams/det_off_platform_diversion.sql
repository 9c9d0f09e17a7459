-- Grain: one row per seller and night on which it led buyers off the platform: contacts
-- to many people with orders cancelled after them, or requests for money that those who
-- were asked report as a scam.
with chats as (
    select * from {{ ref('ind_seller_chats') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('SCM-04', [
        'min_contacted_people', 'min_orders', 'min_diverted_orders',
        'min_diverted_ratio', 'min_stake_usd', 'min_reporting_people',
        'min_history_days'
    ]) }}
),

compared as (
    select
        chats.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from chats
    inner join policy on {{ policy_applies('chats') }}
    where
        chats.missing_input is null
        and chats.history_days >= policy.min_history_days
),

judged as (
    select
        *,
        case
            when
                contacted_people_7d >= min_contacted_people
                and orders_28d >= min_orders
                and diverted_orders_28d >= min_diverted_orders
                and diverted_rate_low >= min_diverted_ratio * peer_diverted_rate
                and diverted_usd >= min_stake_usd
                then 'cancelled_after_contact'
            when reporting_people_28d >= min_reporting_people
                then 'requests_reported'
        end as reason_code,
        diverted_usd as amount_at_stake_usd
    from compared
),

det_off_platform_diversion as (
    {{ detection_fires('judged', 'SCM-04', evidence={
        'contacted_people_7d': 'min_contacted_people',
        'orders_28d': 'min_orders',
        'diverted_orders_28d': 'min_diverted_orders',
        'diverted_rate_low': none,
        'peer_diverted_rate': none,
        'reporting_people_28d': 'min_reporting_people',
    }) }}
)

select * from det_off_platform_diversion
