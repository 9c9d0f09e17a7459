-- Grain: one row per award and night on which its tier was reached by a little, with
-- sales of which much was taken back afterwards, and many others stopped there too.
with award_records as (
    select * from {{ ref('ind_award_reversals') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('INC-04', [
        'max_tier_ratio', 'min_reversed_share', 'min_reversed_orders',
        'min_bunching_ratio', 'min_history_days'
    ]) }}
),

suspects as (
    select
        award_records.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from award_records
    inner join policy on {{ policy_applies('award_records') }}
    where
        award_records.missing_input is null
        and award_records.status != 'reversed'
        and award_records.history_days >= policy.min_history_days
        and award_records.tier_ratio >= 1
        and award_records.tier_ratio < policy.max_tier_ratio
        and award_records.reversed_share >= policy.min_reversed_share
        and award_records.reversed_orders >= policy.min_reversed_orders
        and award_records.bunching_ratio >= policy.min_bunching_ratio
),

orders as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by order_id order by night
        ) as until_night
    from {{ ref('int_creator_orders') }}
    where
        night <= {{ to_night() }}
        and creator_id in (select suspects.creator_id from suspects)
),

taken_back as (
    select
        suspects.entity_id,
        suspects.night,
        list(distinct 'order:' || orders.order_id) as orders,
        list(distinct 'user:' || orders.buyer_user_id) as buyers,
        min(orders.placed_on) as first_on,
        max(orders.placed_on) as last_on
    from suspects
    inner join orders
        on
            suspects.creator_id = orders.creator_id
            and orders.placed_on between suspects.period_start and suspects.period_end
            and suspects.night >= orders.night
            and suspects.night < orders.until_night
    where orders.is_reversed
    group by suspects.entity_id, suspects.night
),

judged as (
    select
        suspects.*,
        list_sort(list_concat(
            ['award:' || suspects.entity_id, 'creator:' || suspects.creator_id],
            taken_back.orders,
            taken_back.buyers
        )) as evidence_objects,
        'tier_reached_with_reversed_sales' as reason_code,
        suspects.award_usd as amount_at_stake_usd,
        cast(taken_back.first_on as timestamp) as first_event_at,
        cast(taken_back.last_on as timestamp) as last_event_at
    from suspects
    inner join taken_back using (entity_id, night)
),

det_award_gaming as (
    {{ detection_fires('judged', 'INC-04', evidence={
        'tier_ratio': 'max_tier_ratio',
        'reversed_share': 'min_reversed_share',
        'reversed_orders': 'min_reversed_orders',
        'bunching_ratio': 'min_bunching_ratio',
        'beyond_tier': none,
        'beside_tier': none,
        'sold_usd': none,
        'reversed_usd': none,
    }) }}
)

select * from det_award_gaming
