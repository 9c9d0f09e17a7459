-- Grain: one row per buyer cluster with a claim of 180 days and night on which its
-- claims or their window changed: how many there are and how varied their reasons.
{%- set counts = [
    'changed_mind_claims', 'not_as_described_claims', 'defective_claims',
    'counterfeit_claims', 'not_received_claims', 'wrong_item_claims',
    'missing_item_claims', 'empty_box_claims'
] %}
with rolled as (
    {{ rolling_sums(
        ref('int_cluster_claims_daily'), 'cluster_id', {180: ['claims'] + counts}
    ) }}
),

looked_at as (
    select
        *,
        0
        {%- for count in counts %}
            + {{ count }}_180d * ln(greatest({{ count }}_180d, 1))
        {%- endfor %} as count_logs
    from rolled
    where claims_180d > 0
),

profiles as (
    {{ periods(ref('int_cluster_profiles'), 'cluster_id', within='looked_at') }}
),

ind_cluster_claim_reasons as (
    select
        'cluster' as entity_type,
        looked_at.cluster_id as entity_id,
        profiles.region,
        cast(null as varchar) as business_line,
        case when profiles.cluster_id is null then 'no_account' end as missing_input,
        cast(looked_at.night - profiles.opened_on as integer) as history_days,
        looked_at.* exclude (cluster_id, count_logs, night),
        -- the most varied that many claims can be is one; of few it says nothing
        cast(case
            when looked_at.claims_180d >= 5
                then greatest(
                        ln(looked_at.claims_180d)
                        - looked_at.count_logs / looked_at.claims_180d,
                        0
                    ) / ln(least(looked_at.claims_180d, {{ counts | length }}))
        end as decimal(9, 6)) as reason_entropy,
        looked_at.night
    from looked_at
    left join profiles
        on
            looked_at.cluster_id = profiles.cluster_id
            and looked_at.night >= profiles.night
            and looked_at.night < coalesce(profiles.until_night, date '9999-12-31')
)

select * from ind_cluster_claim_reasons
