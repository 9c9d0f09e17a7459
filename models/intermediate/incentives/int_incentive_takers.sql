{{ config(materialized='table') }}

-- Who took what incentives cost, and under which promotion or programme: one row per
-- posting and redemption that earned it; a discount is split over the redemptions of
-- its order by what they redeemed.
with postings as (
    select * from {{ ref('int_incentive_postings') }}
),

redemptions as (
    select * from {{ ref('int_redemption_kinds') }}
    where amount_minor > 0
),

awards as (
    select
        award_id,
        creator_id,
        program_id
    from {{ ref('stg_creator_awards') }}
    qualify row_number() over (partition by award_id order by record_seq desc) = 1
),

referrals as (
    select
        referral_id,
        referrer_user_id,
        referee_user_id
    from {{ ref('stg_referrals') }}
    qualify row_number() over (partition by referral_id order by record_seq desc) = 1
),

matched as (
    select
        postings.*,
        redemptions.redemption_id,
        redemptions.promotion_id,
        redemptions.user_id,
        redemptions.device_id,
        coalesce(redemptions.amount_minor, 1) as weight
    from postings
    left join redemptions
        on
            postings.incentive_source = redemptions.incentive_source
            and case
                when postings.incentive_source = 'cashback'
                    then postings.source_id = redemptions.redemption_id
                else
                    postings.order_id = redemptions.order_id
                    and postings.currency = redemptions.currency
            end
),

weighed as (
    select
        *,
        abs(amount_minor) as size_minor,
        cast(abs(amount_usd) * 100 as bigint) as size_cents,
        sum(weight) over (partition by posting_id) as total
    from matched
),

split as (
    select
        * exclude (amount_minor, amount_usd),
        sign(amount_minor) * {{ largest_remainder(
            'size_minor', 'weight', 'total', 'posting_id', 'redemption_id'
        ) }} as amount_minor,
        case when amount_usd is not null then sign(amount_usd) * {{ largest_remainder(
            'coalesce(size_cents, 0)', 'weight', 'total', 'posting_id', 'redemption_id'
        ) }} end as amount_cents
    from weighed
),

int_incentive_takers as (
    select
        split.posting_id,
        split.redemption_id,
        split.order_id,
        split.order_item_id,
        split.subject_type,
        split.subject_id,
        split.promotion_id,
        awards.award_id,
        awards.program_id,
        coalesce(split.creator_id, awards.creator_id) as creator_id,
        case
            when split.fact like 'referee%' then referrals.referee_user_id
            when split.fact like 'referrer%' then referrals.referrer_user_id
            else split.user_id
        end as user_id,
        split.device_id,
        split.incentive_source,
        split.funded_by,
        split.currency,
        split.is_taken_back,
        cast(split.amount_minor as bigint) as amount_minor,
        cast(split.amount_cents as decimal(18, 2)) / 100 as amount_usd,
        split.event_date,
        split.night
    from split
    left join awards
        on split.incentive_source = 'award' and split.source_id = awards.award_id
    left join referrals
        on
            split.incentive_source = 'referral'
            and split.source_id = referrals.referral_id
)

select * from int_incentive_takers
