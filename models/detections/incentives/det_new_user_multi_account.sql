-- Grain: one row per identity cluster and night on which more of its accounts than a
-- household's had used promotions for a first order, and are tied to each other.
with clusters as (
    select * from {{ ref('ind_cluster_redemptions') }}
    where {{ in_range('night') }}
),

redemptions as (
    select * from {{ ref('int_cluster_redemptions') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('INC-01', [
        'min_redemptions', 'min_accounts', 'min_shared_types', 'min_personal_types',
        'min_history_days'
    ]) }}
),

suspects as (
    select
        clusters.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        'first_order_promotions_by_many_accounts' as reason_code
    from clusters
    inner join policy on {{ policy_applies('clusters') }}
    where
        clusters.missing_input is null
        and clusters.history_days >= policy.min_history_days
        and clusters.redemptions_180d >= policy.min_redemptions
        and clusters.accounts_180d >= policy.min_accounts
        and clusters.shared_types >= policy.min_shared_types
        and clusters.personal_types >= policy.min_personal_types
),

behind as (
    select
        suspects.entity_id,
        suspects.night,
        list(distinct 'user:' || redemptions.user_id) as users,
        list(distinct 'order:' || redemptions.order_id) filter (
            where redemptions.order_id is not null
        ) as orders
    from suspects
    inner join redemptions
        on
            suspects.entity_id = redemptions.cluster_id
            and suspects.night = redemptions.night
    group by suspects.entity_id, suspects.night
),

judged as (
    select
        suspects.*,
        list_sort(list_concat(behind.users, behind.orders)) as evidence_objects,
        suspects.amount_usd_180d as amount_at_stake_usd
    from suspects
    inner join behind using (entity_id, night)
),

det_new_user_multi_account as (
    {{ detection_fires('judged', 'INC-01', evidence={
        'redemptions_180d': 'min_redemptions',
        'accounts_180d': 'min_accounts',
        'shared_types': 'min_shared_types',
        'personal_types': 'min_personal_types',
        'shared_type_names': none,
    }) }}
)

select * from det_new_user_multi_account
