{#-
    What stands behind the sellers of `cte` (party_key, night) as of the night: owed_usd (unsettled, reserve and payouts
    under way: null without a rate) and undelivered_usd (paid for and not delivered), with the owner and onboarded_at.
-#}
{% macro seller_stakes(cte) -%}
    {%- set wanted = '(select distinct party_key, night from ' ~ cte ~ ') as wanted' -%}
    select
        known.party_key,
        known.night,
        known.owner_key,
        known.onboarded_at,
        case when owed.party_key is null then 0 else owed.owed_usd end as owed_usd,
        coalesce(undelivered.undelivered_usd, 0) as undelivered_usd
    from (
        select
            wanted.party_key,
            wanted.night,
            max_by(states.owner_key, states.night) as owner_key,
            max_by(states.onboarded_at, states.night) as onboarded_at
        from {{ wanted }}
        left join {{ ref('int_party_states') }} as states
            on wanted.party_key = states.party_key and wanted.night >= states.night
        group by wanted.party_key, wanted.night
    ) as known
    left join (
        select
            wanted.party_key,
            wanted.night,
            (max_by([balances.owed_usd], balances.night))[1] as owed_usd
        from {{ wanted }}
        inner join {{ ref('int_seller_open_balances') }} as balances
            on wanted.party_key = 'seller:' || balances.seller_id and wanted.night >= balances.night
        group by wanted.party_key, wanted.night
    ) as owed
        on known.party_key = owed.party_key and known.night = owed.night
    left join (
        select
            wanted.party_key,
            wanted.night,
            sum(orders.undelivered_usd) as undelivered_usd
        from {{ wanted }}
        inner join {{ ref('int_seller_orders_daily') }} as orders
            on wanted.party_key = 'seller:' || orders.seller_id and wanted.night >= orders.night
        group by wanted.party_key, wanted.night
    ) as undelivered
        on known.party_key = undelivered.party_key and known.night = undelivered.night
{%- endmacro %}
