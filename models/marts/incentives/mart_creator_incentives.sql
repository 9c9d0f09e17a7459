-- What each creator earns in commissions and awards, net of what was taken back, beside
-- what was sold through them: one row per creator and currency.
with spend as (
    select * from {{ ref('int_incentive_spend') }}
    where creator_id is not null
),

commissions as (
    {{ is_metric_known('creator_incentives') }}
),

awards as (
    {{ is_metric_known('program_economics') }}
),

summed as (
    select
        creator_id,
        currency,
        {{ incentive_sums() }},
        coalesce(sum(amount_minor) filter (where incentive_source = 'commission'), 0)
            as commission_minor,
        coalesce(sum(amount_minor) filter (where incentive_source = 'award'), 0)
            as award_minor
    from spend
    group by creator_id, currency
),

sold as (
    select
        orders.creator_id,
        money.currency,
        sum(money.amount_minor) as gmv_minor
    from {{ ref('int_captured_money') }} as money
    inner join {{ ref('fct_orders') }} as orders on money.order_id = orders.order_id
    where orders.creator_id is not null
    group by orders.creator_id, money.currency
),

mart_creator_incentives as (
    select
        summed.creator_id,
        summed.currency,
        case when commissions.is_known then cast(summed.commission_minor as bigint) end
            as commission_minor,
        case when awards.is_known then cast(summed.award_minor as bigint) end
            as award_minor,
        summed.granted_minor,
        summed.taken_back_minor,
        summed.spend_minor,
        summed.leaked_minor,
        cast(coalesce(sold.gmv_minor, 0) as bigint) as gmv_minor,
        summed.spend_usd,
        summed.leaked_usd,
        {{ share_of(
            'summed.spend_minor', 'sum(summed.spend_minor) over (
                partition by summed.currency
            )'
        ) }} as capture_share,
        {{ share_of('summed.granted_minor', 'sold.gmv_minor') }}
            as incentive_intensity,
        {{ share_of('summed.leaked_minor', 'summed.spend_minor') }} as leakage_rate,
        summed.is_usd_complete
    from summed
    cross join commissions
    cross join awards
    left join sold
        on summed.creator_id = sold.creator_id and summed.currency = sold.currency
)

select * from mart_creator_incentives
