-- Every rise of what a seller owes us is a debt of its own, on top of what was owed
-- before; it falls due for default by the policy in force on the night it arose. One
-- row per seller, currency and night on which the seller owed more than before.
with rises as (
    select *
    from {{ ref('int_seller_balances') }}
    where receivable_change_minor > 0 and {{ in_range('night') }}
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='rises') }}
),

scoped as (
    select
        rises.*,
        profiles.region,
        profiles.business_line
    from rises
    left join profiles
        on
            rises.seller_id = profiles.seller_id
            and rises.night >= profiles.night
            and (rises.night < profiles.until_night or profiles.until_night is null)
),

policy as (
    select * from {{ ref('int_policy_money') }}
),

int_seller_debts as (
    select
        scoped.seller_id,
        scoped.currency,
        scoped.region,
        scoped.business_line,
        scoped.receivable_change_minor as debt_minor,
        scoped.receivable_minor - scoped.receivable_change_minor as owed_before_minor,
        scoped.night + policy.seller_default_days as default_on,
        scoped.night
    from scoped
    left join policy on {{ policy_applies('scoped') }}
)

select * from int_seller_debts
