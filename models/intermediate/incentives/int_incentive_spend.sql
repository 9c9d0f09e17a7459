{{ config(materialized='table') }}

-- Every incentive the marketplace gave, who took it, on whose sale, and whether it is
-- confirmed as abuse: one row per posting and redemption. All incentive figures are
-- sums of these rows.
with takers as (
    select
        *,
        md5(concat_ws('|', posting_id, redemption_id)) as spend_id
    from {{ ref('int_incentive_takers') }}
),

orders as (
    select * from {{ ref('fct_orders') }}
),

homes as (
    select
        user_id,
        region
    from {{ ref('stg_users') }}
    qualify row_number() over (partition by user_id order by record_seq desc) = 1
),

creator_homes as (
    select
        creator_id,
        region
    from {{ ref('stg_creators') }}
    qualify row_number() over (partition by creator_id order by record_seq desc) = 1
),

labels as (
    select * from {{ ref('int_confirmed_labels') }}
),

labelling as (
    {{ is_metric_known('incentive_leakage') }}
),

taken as (
    select
        takers.* exclude (user_id),
        -- a subsidy without a redemption was taken by the buyer
        coalesce(
            takers.user_id,
            case
                when takers.incentive_source in ('coupon', 'subsidy')
                    then orders.buyer_user_id
            end
        ) as user_id,
        orders.seller_id,
        coalesce(orders.region, homes.region, creator_homes.region, 'unknown')
            as region,
        coalesce(orders.business_line, 'unknown') as business_line
    from takers
    left join orders on takers.order_id = orders.order_id
    left join homes on takers.user_id = homes.user_id
    left join creator_homes on takers.creator_id = creator_homes.creator_id
),

belongings as (
    unpivot taken
    on order_id, order_item_id, award_id, user_id, device_id, creator_id, seller_id
    into name id_column value reached_id
),

confirmed as (
    select distinct belongings.spend_id
    from belongings
    inner join labels
        on
            belongings.id_column = labels.reached_type || '_id'
            and belongings.reached_id = labels.reached_id
            and belongings.event_date between labels.reaches_from and labels.reaches_to
),

int_incentive_spend as (
    select
        taken.spend_id,
        taken.posting_id,
        taken.redemption_id,
        taken.order_id,
        taken.order_item_id,
        taken.promotion_id,
        taken.program_id,
        taken.award_id,
        taken.creator_id,
        taken.seller_id,
        taken.user_id,
        taken.device_id,
        taken.incentive_source,
        taken.funded_by,
        taken.region,
        taken.business_line,
        taken.currency,
        taken.is_taken_back,
        case
            when labelling.is_known then confirmed.spend_id is not null
        end as is_confirmed_abuse,
        taken.amount_minor,
        cast(taken.amount_usd as decimal(18, 2)) as amount_usd,
        taken.event_date,
        taken.night
    from taken
    cross join labelling
    left join confirmed on taken.spend_id = confirmed.spend_id
)

select * from int_incentive_spend
