-- Grain: one row per party and night on which something about its identity files
-- arrived: the latest approved file (else the latest), the attempts of the 7 days
-- before it, how it was captured.
with files as (
    select * from {{ ref('int_identity_files') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('KYC-05', ['min_peer_checks']) }}
),

judged_files as (
    select * from files
    qualify
        row_number() over (
            partition by party_key, night
            order by outcome = 'approved' desc, submitted_at desc, submission_id desc
        ) = 1
),

attempts as (
    select
        judged_files.party_key,
        judged_files.night,
        count(*) filter (where files.outcome = 'rejected') as failed_attempts_7d,
        count(distinct files.identity_hash) as identities_7d,
        list('kyc_submission:' || files.submission_id) as submissions,
        list('device:' || files.device_id)
        filter (where files.device_id is not null) as devices,
        min(files.submitted_at) as first_event_at
    from judged_files
    inner join files
        on
            judged_files.party_key = files.party_key
            and judged_files.night = files.night
            and judged_files.submitted_at >= files.submitted_at
            and judged_files.submitted_at < files.submitted_at + interval 7 day
    group by judged_files.party_key, judged_files.night
),

states as (
    {{ periods(ref('int_party_states'), 'party_key', within='judged_files') }}
),

known as (
    select
        judged_files.*,
        states.owner_key,
        states.region,
        states.business_line,
        cast(judged_files.night - cast(states.onboarded_at as date) as integer)
            as history_days
    from judged_files
    left join states
        on
            judged_files.party_key = states.party_key
            and judged_files.night >= states.night
            and judged_files.night < coalesce(states.until_night, date '9999-12-31')
),

-- the peers of the party's own kind and region when there are enough, else everyone
peers as (
    select known.party_key, known.night, baselines.score_percentiles
    from known
    inner join policy on {{ policy_applies('known') }}
    inner join {{ ref('int_liveness_baselines') }} as baselines
        on
            {{ baseline_night_before('known.night') }} = baselines.night
            and policy.min_peer_checks <= baselines.scored_checks
            and baselines.party_type in (known.party_type, 'all')
            and baselines.region in (known.region, 'all')
    qualify row_number() over (
            partition by known.party_key, known.night
            order by baselines.party_type = 'all', baselines.region
        ) = 1
),

ind_party_verifications as (
    select
        known.party_type as entity_type,
        known.party_id as entity_id,
        known.region,
        known.business_line,
        case when known.history_days is null then 'no_account' end as missing_input,
        known.history_days,
        cast(attempts.failed_attempts_7d as integer) as failed_attempts_7d,
        cast(attempts.identities_7d as integer) as identities_7d,
        known.capture_risk,
        cast(len(list_filter(
            peers.score_percentiles, lambda bound: bound < known.liveness_score
        )) / 100 as decimal(5, 4)) as liveness_rank,
        known.outcome = 'approved' as is_approved,
        list_sort(list_distinct(list_concat(
            attempts.submissions,
            coalesce(attempts.devices, []),
            [known.party_key],
            list_filter([known.owner_key], lambda owner: owner is not null)
        ))) as evidence_objects,
        known.night,
        attempts.first_event_at,
        coalesce(known.decided_at, known.submitted_at) as last_event_at
    from known
    inner join attempts
        on known.party_key = attempts.party_key and known.night = attempts.night
    left join peers
        on known.party_key = peers.party_key and known.night = peers.night
)

select * from ind_party_verifications
