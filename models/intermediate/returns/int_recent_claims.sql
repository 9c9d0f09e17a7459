-- Grain: one row per claim of the last 14 days and baseline night, as it stood on that
-- night, with what its text and picture are compared by. Articles that count as
-- recalled are left out: their claims are alike for a reason.
with baselines as (
    {{ baseline_nights() }}
),

recent as (
    select distinct return_id
    from {{ ref('int_return_claims') }}
    where
        night <= {{ to_night() }}
        and cast(requested_at as date) > {{ from_night() }} - 14
),

states as (
    {{ periods(ref('int_return_claims'), 'return_id', within='recent') }}
),

clusters as (
    {{ buyer_clusters('states') }}
),

contents as (
    select * from {{ ref('stg_returns') }}
    where night <= {{ to_night() }}
    qualify row_number() over (
            partition by return_id order by night asc, record_seq desc
        ) = 1
),

prices as (
    select * from {{ ref('int_category_prices') }}
    where {{ in_range('night') }}
),

int_recent_claims as (
    select
        states.return_id,
        states.order_id,
        states.buyer_user_id,
        clusters.cluster_id,
        states.seller_id,
        states.sku_id,
        states.region,
        states.business_line,
        states.reason,
        states.refunds = 0 and coalesce(states.decision != 'reject', true) as is_open,
        contents.claim_text_minhash,
        contents.evidence_image_phash,
        date_diff('second', states.delivered_at, states.requested_at) as lag_s,
        states.claimed_usd,
        cast(
            states.claimed_usd
            / nullif(least(states.quantity, states.sold_quantity), 0)
            / nullif(coalesce(
                local_prices.dear_usd, category_prices.dear_usd, all_prices.dear_usd
            ), 0)
            as decimal(12, 4)
        ) as price_ratio,
        baselines.night,
        states.requested_at
    from baselines
    inner join states
        on
            baselines.night >= states.night
            and baselines.night < coalesce(states.until_night, date '9999-12-31')
            and cast(states.requested_at as date) > baselines.night - 14
    inner join clusters
        on
            states.buyer_user_id = clusters.buyer_user_id
            and baselines.night >= clusters.night
            and baselines.night < clusters.until_night
    inner join contents on states.return_id = contents.return_id
    left join prices as local_prices
        on
            states.category_l1 = local_prices.category_l1
            and states.region = local_prices.region
            and baselines.night = local_prices.night
    left join prices as category_prices
        on
            states.category_l1 = category_prices.category_l1
            and category_prices.region is null
            and baselines.night = category_prices.night
    left join prices as all_prices
        on
            all_prices.category_l1 is null
            and all_prices.region is null
            and baselines.night = all_prices.night
    anti join {{ ref('int_product_recalls') }} as recalls
        on states.sku_id = recalls.sku_id and baselines.night = recalls.night
)

select * from int_recent_claims
