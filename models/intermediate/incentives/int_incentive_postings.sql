{{ config(materialized='view') }}

-- What incentives cost, from the ledger: discounts and subsidies as items were paid,
-- commissions, and what was promised in cashback, referrals and awards, less what was
-- taken back. One row per posting; moving a cost to a loss does not undo it.
with postings as (
    select * from {{ ref('int_posting_orders') }}
),

int_incentive_postings as (
    select
        posting_id,
        source_id,
        order_id,
        order_item_id,
        case
            when account = 'incentive_expense' then 'reward'
            when order_item_id is not null then 'order_item'
            else 'order'
        end as subject_type,
        case
            when account != 'incentive_expense' then coalesce(order_item_id, order_id)
            when source_table = 'promotion_redemptions' then 'redemption:' || source_id
            when source_table = 'referrals' then 'referral:' || source_id
            when source_table = 'creator_awards' then 'award:' || source_id
        end as subject_id,
        case when component = 'commission' then party_id end as creator_id,
        case
            when component = 'platform_discount' then 'coupon'
            when component = 'ship_subsidy' then 'subsidy'
            when component = 'commission' then 'commission'
            when source_table = 'promotion_redemptions' then 'cashback'
            when source_table = 'referrals' then 'referral'
            when source_table = 'creator_awards' then 'award'
            else 'other'
        end as incentive_source,
        case component when 'commission' then 'seller' else 'platform' end
            as funded_by,
        fact,
        currency,
        source_table = 'refunds' or fact like '%taken_back' as is_taken_back,
        case account when 'creator_payable' then -amount_minor else amount_minor end
            as amount_minor,
        case account when 'creator_payable' then -amount_usd else amount_usd end
            as amount_usd,
        event_date,
        night
    from postings
    where
        journal_kind != 'reclass'
        and (
            account in ('promo_expense', 'incentive_expense')
            or (account = 'creator_payable' and component = 'commission')
        )
)

select * from int_incentive_postings
