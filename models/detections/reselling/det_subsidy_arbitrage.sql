-- Grain: one row per buyer cluster and night on which it was seen to turn the
-- platform's discounts into trade: many units of one article, offered again by its own
-- sellers above cost, or sent to a forwarder by a buyer who lives on discounts.
with records as (
    select * from {{ ref('ind_cluster_resales') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('RSL-04', [
        'min_units', 'min_resale_ratio', 'min_forwarded_share', 'min_capture_z',
        'min_history_days'
    ]) }}
),

judged as (
    select
        records.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        case
            when records.resale_usd >= policy.min_resale_ratio * records.unit_cost_usd
                then 'offered_again_above_cost'
            when
                records.forwarded_share >= policy.min_forwarded_share
                and records.discount_capture_z >= policy.min_capture_z
                then 'forwarded_on_discounts'
        end as reason_code,
        cast(
            cast(records.resale_usd as double) / nullif(records.unit_cost_usd, 0)
            as decimal(12, 4)
        ) as resale_ratio,
        records.platform_discount_usd_30d as amount_at_stake_usd,
        list_sort(flatten([
            ['cluster:' || records.entity_id],
            [format('order:{}', id) for id in records.order_ids],
            [format('user:{}', id) for id in records.user_ids],
            coalesce([format('seller:{}', id) for id in records.seller_ids], [])
        ])) as evidence_objects
    from records
    inner join policy on {{ policy_applies('records') }}
    where
        records.missing_input is null
        and records.history_days >= policy.min_history_days
        and records.units_30d >= policy.min_units
),

det_subsidy_arbitrage as (
    {{ detection_fires('judged', 'RSL-04', evidence={
        'gtin': none,
        'units_30d': 'min_units',
        'unit_cost_usd': none,
        'resale_usd': none,
        'resale_ratio': 'min_resale_ratio',
        'forwarded_share': 'min_forwarded_share',
        'discount_capture_z': 'min_capture_z',
    }) }}
)

select * from det_subsidy_arbitrage
