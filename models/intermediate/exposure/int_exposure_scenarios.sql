-- Which scenario an order is at risk of: that of the gravest open alert that touches it
-- (P1 before P2, then the oldest). An alert is open until a disposition closes it. One
-- row per order and night on which the answer changed.
with all_touches as (
    select * from {{ ref('int_alerted_orders') }}
    where night <= {{ to_night() }}
),

closures as (
    select
        alerts.alert_id,
        min(dispositions.night) as closed_on
    from {{ ref('fct_alerts') }} as alerts
    inner join {{ ref('int_alert_closures') }} as dispositions
        on
            alerts.detection_id = dispositions.detection_id
            and alerts.entity_type = dispositions.entity_type
            and alerts.entity_id = dispositions.entity_id
            and alerts.alerted_on <= dispositions.night
    where dispositions.night <= {{ to_night() }}
    group by alerts.alert_id
),

periods as (
    select
        touches.order_id,
        touches.alert_id,
        touches.scenario,
        touches.severity,
        touches.alerted_on,
        min(touches.night) as night,
        closures.closed_on
    from all_touches as touches
    left join closures on touches.alert_id = closures.alert_id
    group by all
),

changed as (
    select order_id from periods
    where {{ in_range('night') }} or {{ in_range('closed_on') }}
),

open_periods as (
    select *
    from periods
    where
        (closed_on is null or closed_on > night)
        and {{ is_in('order_id', 'changed') }}
),

nights as (
    select
        order_id,
        night
    from open_periods
    union
    select
        order_id,
        closed_on as night
    from open_periods
    where closed_on is not null
),

gravest as (
    select
        nights.order_id,
        coalesce(open_periods.scenario, 'none') as scenario,
        nights.night
    from nights
    left join open_periods
        on
            nights.order_id = open_periods.order_id
            and nights.night >= open_periods.night
            and nights.night < coalesce(open_periods.closed_on, date '9999-12-31')
    qualify
        row_number() over (
            partition by nights.order_id, nights.night
            order by
                open_periods.severity, open_periods.alerted_on, open_periods.alert_id
        ) = 1
),

int_exposure_scenarios as (
    select *
    from gravest
    qualify
        {{ in_range('night') }}
        and scenario is distinct from lag(scenario) over (
            partition by order_id order by night
        )
)

select * from int_exposure_scenarios
