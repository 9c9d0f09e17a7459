-- Grain: one row per building and night on which a limited article was seen to go there
-- under many spellings of one street, for accounts that share devices, cards or phones.
with records as (
    select * from {{ ref('ind_building_purchases') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('RSL-03', [
        'min_spellings', 'min_accounts', 'min_sharing_share', 'max_residents',
        'min_history_days'
    ]) }}
),

judged as (
    select
        records.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        'one_street_many_spellings' as reason_code,
        cast(
            cast(records.sharing_accounts_30d as double) / records.accounts_30d
            as decimal(9, 6)
        ) as sharing_share,
        records.platform_discount_usd_30d as amount_at_stake_usd,
        list_sort(flatten([
            ['building:' || records.entity_id, 'sku:' || records.sku_id],
            [format('order:{}', id) for id in records.order_ids],
            [format('user:{}', id) for id in records.user_ids]
        ])) as evidence_objects
    from records
    inner join policy on {{ policy_applies('records') }}
    where
        records.missing_input is null
        and records.history_days >= policy.min_history_days
        and records.spellings_30d >= policy.min_spellings
        and records.accounts_30d >= policy.min_accounts
        and records.sharing_accounts_30d
        >= policy.min_sharing_share * records.accounts_30d
        and records.residents <= policy.max_residents
),

det_address_jigging as (
    {{ detection_fires('judged', 'RSL-03', evidence={
        'sku_id': none,
        'spellings_30d': 'min_spellings',
        'accounts_30d': 'min_accounts',
        'sharing_share': 'min_sharing_share',
        'residents': 'max_residents',
    }) }}
)

select * from det_address_jigging
