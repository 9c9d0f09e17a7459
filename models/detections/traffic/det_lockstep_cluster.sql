-- Grain: one row per cluster of accounts and baseline night that fired: a crowd that
-- keeps turning up at the same contents at the same time, for several creators or with
-- accounts that are new.
with clusters as (
    select * from {{ ref('ind_lockstep_clusters') }}
    where {{ in_range('night') }} and missing_input is null
),

acts as (
    select * from {{ ref('int_lockstep_acts') }}
    where {{ in_range('night') }}
),

contents as (
    select * from {{ ref('int_lockstep_contents') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('TRF-01', [
        'min_history_days', 'min_accounts', 'min_targets', 'min_target_share',
        'min_creators', 'min_new_account_share', 'min_mean_partners',
    ]) }}
),

crowds as (
    select
        clusters.*,
        policy.* exclude (policy.region, policy.business_line)
    from clusters
    inner join policy on {{ policy_applies('clusters') }}
    where
        clusters.history_days >= policy.min_history_days
        and clusters.accounts >= policy.min_accounts
        and clusters.mean_partners >= policy.min_mean_partners
),

-- the contents a good part of the cluster acted on
targets as (
    select
        crowds.entity_id,
        crowds.night,
        contents.content_id,
        contents.creator_id,
        contents.commission_usd_7d,
        row_number() over (
            partition by crowds.entity_id, crowds.night, contents.creator_id
            order by contents.content_id
        ) = 1 as is_first_of_creator
    from crowds
    inner join contents
        on
            crowds.entity_id = contents.cluster_name
            and crowds.night = contents.night
    where contents.accounts >= crowds.accounts * crowds.min_target_share
),

awards as (
    {{ award_stakes('targets') }}
),

served as (
    select
        targets.entity_id,
        targets.night,
        count(*) as targets,
        count(*) filter (where targets.is_first_of_creator) as creators,
        {{ capped_objects('creator', 'targets.creator_id') }} as creator_objects,
        {{ capped_objects('content', 'targets.content_id') }} as content_objects,
        sum(targets.commission_usd_7d) + {{ sum_if_all_known(
            'awards.unpaid_usd', 'targets.is_first_of_creator'
        ) }} as amount_at_stake_usd
    from targets
    inner join awards using (creator_id, night)
    group by targets.entity_id, targets.night
),

fired as (
    select
        crowds.*,
        served.* exclude (served.entity_id, served.night),
        case
            when served.creators >= crowds.min_creators then 'several_creators'
            when crowds.new_account_share >= crowds.min_new_account_share
                then 'fresh_accounts'
        end as reason_code
    from crowds
    inner join served using (entity_id, night)
    where reason_code is not null and served.targets >= crowds.min_targets
),

members as (
    select
        fired.entity_id,
        fired.night,
        {{ capped_objects('user', 'acts.user_id') }} as objects
    from fired
    inner join acts
        on fired.entity_id = acts.cluster_name and fired.night = acts.night
    group by fired.entity_id, fired.night
),

judged as (
    select
        fired.*,
        fired.creator_objects || fired.content_objects || members.objects
            as evidence_objects
    from fired
    inner join members using (entity_id, night)
),

det_lockstep_cluster as (
    {{ detection_fires('judged', 'TRF-01', evidence={
        'accounts': 'min_accounts', 'mean_partners': 'min_mean_partners',
        'targets': 'min_targets',
        'creators': 'min_creators', 'new_account_share': 'min_new_account_share',
    }) }}
)

select * from det_lockstep_cluster
