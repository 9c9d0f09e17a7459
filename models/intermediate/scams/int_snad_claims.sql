-- Grain: one row per delivered order item claimed as not described or counterfeit, by a
-- return or a report that names the order, on the night claim and delivery were known.
with returned as (
    select
        order_item_id,
        'return:' || return_id as object,
        requested_at as claimed_at,
        night
    from {{ ref('int_quality_claims') }}
    where
        night <= {{ to_night() }}
        and reason in ('not_as_described', 'counterfeit')
),

reports as (
    select * from {{ ref('stg_user_reports') }}
    where
        night <= {{ to_night() }}
        and category = 'counterfeit'
        and order_id is not null
),

items as (
    select * from {{ ref('int_delivered_items') }}
    where night <= {{ to_night() }}
),

reported as (
    select
        items.order_item_id,
        'user_report:' || reports.report_id as object,
        reports.reported_at as claimed_at,
        reports.night
    from reports
    inner join items
        on
            reports.order_id = items.order_id
            and reports.reporter_user_id = items.buyer_user_id
),

claims as (
    select * from returned
    union all
    select * from reported
),

int_snad_claims as (
    select
        items.order_item_id,
        items.order_id,
        items.seller_id,
        items.sku_id,
        items.buyer_user_id,
        claims.object,
        items.delivered_on,
        cast(claims.claimed_at as date) as claimed_on,
        greatest(claims.night, items.night) as night,
        claims.claimed_at
    from claims
    inner join items on claims.order_item_id = items.order_item_id
    -- the first known claim of an item counts, whatever follows
    qualify
        row_number() over (
            partition by items.order_item_id
            order by
                greatest(claims.night, items.night), claims.claimed_at, claims.object
        ) = 1
        and {{ in_range('greatest(claims.night, items.night)') }}
)

select * from int_snad_claims
