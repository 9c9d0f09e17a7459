-- Grain: one row per device, card or street whose users redeemed first-order promotions
-- in 180 days, two or more of them, and baseline night (IN02).
with baselines as (
    {{ baseline_nights() }}
),

redemptions as (
    select *, 'user:' || user_id as party_key
    from {{ ref('int_new_user_redemptions') }}
    where night <= {{ to_night() }} and redeemed_on > {{ from_night() }} - 180
),

places as (
    select * from {{ ref('int_identifier_places') }}
    where
        identifier_type in ('device', 'instrument', 'street')
        and night <= {{ to_night() }}
        and party_key in (select redemptions.party_key from redemptions)
),

ind_redemption_sources as (
    select
        places.identifier_type as entity_type,
        places.identifier as entity_id,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line,
        cast(null as varchar) as missing_input,
        cast(baselines.night - min(redemptions.redeemed_on) as integer)
            as history_days,
        count(distinct redemptions.user_id) as users_180d,
        count(distinct redemptions.redemption_id) as redemptions_180d,
        {{ sum_if_all_known('redemptions.amount_usd', 'true') }} as amount_usd_180d,
        baselines.night
    from baselines
    inner join redemptions
        on
            baselines.night >= redemptions.night
            and baselines.night - 180 < redemptions.redeemed_on
    inner join places
        on
            redemptions.party_key = places.party_key
            and baselines.night >= places.night
    group by places.identifier_type, places.identifier, baselines.night
    having count(distinct redemptions.user_id) > 1
)

select * from ind_redemption_sources
