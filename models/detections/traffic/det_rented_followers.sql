-- Grain: one row per creator and night that fired: far more followers than ever, most
-- of them new accounts, and most gone again within a week.
with audiences as (
    select
        *,
        entity_id as creator_id
    from {{ ref('ind_creator_followers') }}
    where {{ in_range('night') }} and missing_input is null
),

follows as (
    select * from {{ ref('int_creator_follows') }}
    where {{ in_range('night') }} and is_new_account
),

policy as (
    {{ policy_in_force('TRF-05', [
        'min_history_days', 'min_surprise', 'min_usual_follows',
        'min_new_account_share', 'max_kept_share', 'min_due_follows',
    ]) }}
),

suspects as (
    select
        audiences.*,
        policy.* exclude (policy.region, policy.business_line),
        greatest(audiences.usual_follows_14d, policy.min_usual_follows) as expected
    from audiences
    inner join policy on {{ policy_applies('audiences') }}
    where
        audiences.history_days >= policy.min_history_days
        and audiences.due_follows_14d >= policy.min_due_follows
        and audiences.new_account_share >= policy.min_new_account_share
        and audiences.kept_share <= policy.max_kept_share
),

compared as (
    select
        *,
        {{ poisson_surprise(
            'follows_14d', 'expected', 'coalesce(dispersion, 0)'
        ) }} as surprise
    from suspects
),

fired as (
    select * from compared
    where surprise >= min_surprise
),

behind as (
    select
        fired.creator_id,
        fired.night,
        {{ capped_objects('user', 'follows.actor_user_id') }} as users,
        min(follows.followed_at) as first_event_at,
        max(follows.followed_at) as last_event_at
    from fired
    inner join follows
        on fired.creator_id = follows.creator_id and fired.night = follows.night
    group by fired.creator_id, fired.night
),

stakes as (
    {{ award_stakes('fired') }}
),

judged as (
    select
        fired.*,
        'new_accounts_that_leave' as reason_code,
        list_prepend('creator:' || fired.creator_id, behind.users) as evidence_objects,
        stakes.unpaid_usd as amount_at_stake_usd,
        behind.first_event_at,
        behind.last_event_at
    from fired
    inner join behind using (creator_id, night)
    inner join stakes using (creator_id, night)
),

det_rented_followers as (
    {{ detection_fires('judged', 'TRF-05', evidence={
        'follows_14d': none, 'expected': none, 'surprise': 'min_surprise',
        'new_account_share': 'min_new_account_share', 'kept_share': 'max_kept_share',
        'due_follows_14d': 'min_due_follows', 'dispersion': none,
    }) }}
)

select * from det_rented_followers
