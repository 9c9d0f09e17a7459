-- Grain: one row per buyer cluster and night on which a person was seen to have emptied
-- a drop with a script: several orders in the first minute, paid faster than people
-- can, from a data centre, an emulator or a device that many accounts share.
with records as (
    select * from {{ ref('ind_cluster_drops') }}
    where {{ in_range('night') }}
),

bought as (
    select
        *,
        cluster_id as entity_id
    from {{ ref('int_cluster_drop_orders') }}
    where {{ in_range('night') }}
),

sales as (
    select
        *,
        cast(placed_at as date) as placed_on,
        cast(gross_usd / nullif(quantity, 0) as decimal(18, 2)) as unit_usd
    from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

policy as (
    {{ policy_in_force('RSL-02', [
        'min_orders', 'min_accounts_per_device', 'market_days', 'min_history_days'
    ]) }}
),

suspects as (
    select
        records.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        case
            when records.hosting_orders > 0 then 'bought_from_data_centre'
            when records.emulator_orders > 0 then 'bought_from_emulator'
            when records.accounts_per_device >= policy.min_accounts_per_device
                then 'accounts_share_device'
        end as reason_code
    from records
    inner join policy on {{ policy_applies('records') }}
    where
        records.missing_input is null
        and records.history_days >= policy.min_history_days
        and records.orders >= policy.min_orders
        and records.checkout_seconds <= records.quick_seconds
),

-- what others paid for the article in the days before
markets as (
    select
        suspects.entity_id,
        suspects.drop_id,
        suspects.night,
        cast(median(sales.unit_usd) as decimal(18, 2)) as market_usd
    from suspects
    inner join bought using (entity_id, drop_id, night)
    inner join sales
        on
            bought.gtin = sales.gtin
            and suspects.night >= sales.night
            and bought.dropped_at > sales.placed_at
            and cast(bought.dropped_at as date) - sales.placed_on
            <= suspects.market_days
    group by suspects.entity_id, suspects.drop_id, suspects.night
),

behind as (
    select
        suspects.entity_id,
        suspects.drop_id,
        suspects.night,
        list_distinct(flatten(list([
            suspects.entity_type || ':' || suspects.entity_id,
            'order:' || bought.order_id,
            'user:' || bought.buyer_user_id,
            'sku:' || bought.sku_id,
            coalesce('device:' || bought.device_id, 'sku:' || bought.sku_id)
        ]))) as objects,
        sum(greatest(
            coalesce(bought.quantity * markets.market_usd, bought.gross_usd)
            - bought.gross_usd + coalesce(bought.platform_discount_usd, 0),
            0
        )) as amount_at_stake_usd
    from suspects
    inner join bought using (entity_id, drop_id, night)
    left join markets using (entity_id, drop_id, night)
    group by suspects.entity_id, suspects.drop_id, suspects.night
),

judged as (
    select
        suspects.*,
        behind.amount_at_stake_usd,
        list_sort(behind.objects) as evidence_objects
    from suspects
    inner join behind using (entity_id, drop_id, night)
),

det_drop_bot as (
    {{ detection_fires('judged', 'RSL-02', evidence={
        'drop_id': none,
        'sku_id': none,
        'orders': 'min_orders',
        'units': none,
        'checkout_seconds': 'quick_seconds',
        'hosting_orders': none,
        'emulator_orders': none,
        'accounts_per_device': 'min_accounts_per_device',
    }) }}
)

select * from det_drop_bot
