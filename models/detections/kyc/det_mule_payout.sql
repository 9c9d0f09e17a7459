-- Grain: one row per payout account and night on which money was about to go to a
-- holder who is not the party, and the account is shared, foreign or new.
with accounts as (
    select * from {{ ref('ind_payout_accounts') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('KYC-04', [
        'max_name_similarity', 'min_unrelated_holders', 'max_age_days',
        'min_pending_usd', 'min_history_days'
    ]) }}
),

compared as (
    select
        accounts.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from accounts
    inner join policy on {{ policy_applies('accounts') }}
    where
        accounts.missing_input is null
        and accounts.history_days >= policy.min_history_days
        and accounts.holder_name_similarity < policy.max_name_similarity
        and accounts.pending_usd >= policy.min_pending_usd
),

judged as (
    select
        *,
        case
            when unrelated_holders >= min_unrelated_holders then 'account_of_several'
            when is_foreign_bank then 'foreign_bank'
            when age_days <= max_age_days then 'new_account'
        end as reason_code,
        pending_usd as amount_at_stake_usd
    from compared
),

det_mule_payout as (
    {{ detection_fires('judged', 'KYC-04', evidence={
        'holder_name_similarity': 'max_name_similarity',
        'unrelated_holders': 'min_unrelated_holders',
        'age_days': 'max_age_days',
        'pending_usd': 'min_pending_usd',
        'is_foreign_bank': none,
    }) }}
)

select * from det_mule_payout
