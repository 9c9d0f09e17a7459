-- Grain: one row per seller or listing with a claim of not described or counterfeit
-- goods among the items delivered in 60 days, and night on which that window changed:
-- their share beside its peers, and the CUSUM of its claims a day.
with rates as (
    select * from {{ ref('int_snad_rates') }}
    where {{ in_range('night') }}
),

cusums as (
    select * from {{ ref('int_snad_cusums') }}
    where {{ in_range('night') }}
),

recalls as (
    select * from {{ ref('int_product_recalls') }}
    where {{ in_range('night') }}
),

ind_snad_claims as (
    select
        rates.entity_type,
        rates.entity_id,
        rates.seller_id,
        rates.region,
        rates.business_line,
        rates.group_used,
        rates.missing_input,
        rates.history_days,
        rates.items_60d,
        rates.snad_items_60d,
        rates.snad_rate_low,
        rates.peer_snad_rate,
        cusums.claims_60d,
        cusums.usual_claims,
        cusums.cusum,
        recalls.sku_id is not null as is_recalled,
        rates.night
    from rates
    left join cusums
        on rates.entity_key = cusums.entity_key and rates.night = cusums.night
    left join recalls
        on
            rates.entity_type = 'sku'
            and rates.entity_id = recalls.sku_id
            and rates.night = recalls.night
)

select * from ind_snad_claims
