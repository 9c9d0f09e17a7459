{{ config(materialized='table') }}

-- Every incentive the marketplace gave, who took it, on whose sale, and whether it went
-- on confirmed abuse: one row per posting and redemption. All incentive figures are
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

-- the verdict on an item, order or reward that stands now
verdicts as (
    select
        attributions.subject_type,
        attributions.subject_id,
        attributions.is_incentive_abuse,
        attributions.is_incentive_abuse
        or attributions.is_named
        or coalesce(causes.reaches_incentives, false) as is_abuse
    from {{ ref('int_attributions') }} as attributions
    left join {{ ref('ref_loss_types') }} as causes
        on attributions.loss_type = causes.loss_type
    qualify row_number() over (
            partition by attributions.subject_type, attributions.subject_id
            order by attributions.night desc
        ) = 1
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
            when labelling.is_known then coalesce(verdicts.is_abuse, false)
        end as is_confirmed_abuse,
        taken.funded_by = 'platform'
        and coalesce(verdicts.is_incentive_abuse, false) as is_loss,
        taken.amount_minor,
        cast(taken.amount_usd as decimal(18, 2)) as amount_usd,
        taken.event_date,
        taken.night
    from taken
    cross join labelling
    left join verdicts
        on
            taken.subject_type = verdicts.subject_type
            and taken.subject_id = verdicts.subject_id
)

select * from int_incentive_spend
