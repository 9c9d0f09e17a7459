-- The rewards a label on abuse of incentives speaks of: the award it names, and for a
-- label on a party what it had earned in the time before it that policy lets it reach.
-- One row per statement of a label and reward, on the night both were known.
with labels as (
    select * from {{ ref('int_label_targets') }}
    where night <= {{ to_night() }} and loss_type = 'incentive_abuse'
),

rewards as (
    select * from {{ ref('int_rewards') }}
    where night <= {{ to_night() }}
),

policy as (
    select * from {{ ref('int_policy_money') }}
),

-- no order, so no region: what policy says for all
matched as (
    select
        labels.statement_id,
        rewards.reward_id,
        labels.target_type = 'award' as is_named,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line,
        rewards.earned_at,
        labels.labelled_at,
        rewards.night as reward_night,
        labels.night
    from labels
    inner join rewards
        on
            labels.target_type = rewards.target_type
            and labels.target_id = rewards.target_id
),

reached as (
    select matched.*
    from matched
    inner join policy
        on
            {{ policy_applies('matched') }}
            and matched.labelled_at >= matched.earned_at
            and cast(matched.earned_at as date)
            >= cast(matched.labelled_at as date) - policy.label_reach_days
    where not matched.is_named
    union all
    select * from matched
    where is_named
),

int_label_rewards as (
    select
        statement_id,
        reward_id,
        case when is_named then 0 else 1 end as scope,
        greatest(night, reward_night) as night
    from reached
    where {{ in_range('greatest(night, reward_night)') }}
)

select * from int_label_rewards
