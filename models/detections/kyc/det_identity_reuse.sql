-- Grain: one row per identity cluster and night on which sellers of different names and
-- addresses were found to have shown one identity.
with identities as (
    select * from {{ ref('ind_shared_identities') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('KYC-01', ['min_conflicting_sellers', 'min_history_days']) }}
),

compared as (
    select
        identities.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from identities
    inner join policy on {{ policy_applies('identities') }}
    where
        identities.missing_input is null
        and identities.history_days >= policy.min_history_days
        and identities.conflicting_sellers >= policy.min_conflicting_sellers
),

judged as (
    select
        *,
        case
            when document_conflicts > 0 then 'one_document_several_sellers'
            when face_conflicts > 0 then 'one_face_several_sellers'
            when tax_id_conflicts > 0 then 'one_tax_id_several_sellers'
        end as reason_code,
        stake_usd as amount_at_stake_usd
    from compared
),

det_identity_reuse as (
    {{ detection_fires('judged', 'KYC-01', evidence={
        'conflicting_sellers': 'min_conflicting_sellers',
        'document_conflicts': none,
        'face_conflicts': none,
        'tax_id_conflicts': none,
    }) }}
)

select * from det_identity_reuse
