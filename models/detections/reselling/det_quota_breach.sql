-- Grain: one row per buyer cluster and night on which one person was seen to have, over
-- several accounts, far more of a limited article than one customer may buy.
with records as (
    select * from {{ ref('ind_cluster_quotas') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('RSL-01', ['min_accounts', 'min_overrun', 'min_history_days']) }}
),

judged as (
    select
        records.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        'limit_split_over_accounts' as reason_code,
        cast(
            records.platform_discount_usd
            * (records.units - records.units_allowed) / records.units
            as decimal(18, 2)
        ) as amount_at_stake_usd,
        list_sort(flatten([
            ['cluster:' || records.entity_id, 'sku:' || records.sku_id],
            [format('order:{}', id) for id in records.order_ids],
            [format('user:{}', id) for id in records.user_ids]
        ])) as evidence_objects
    from records
    inner join policy on {{ policy_applies('records') }}
    where
        records.missing_input is null
        and records.history_days >= policy.min_history_days
        and records.accounts >= policy.min_accounts
        and records.overrun >= policy.min_overrun
),

det_quota_breach as (
    {{ detection_fires('judged', 'RSL-01', evidence={
        'sku_id': none,
        'promotion_id': none,
        'accounts': 'min_accounts',
        'units': none,
        'units_allowed': none,
        'overrun': 'min_overrun',
    }) }}
)

select * from det_quota_breach
