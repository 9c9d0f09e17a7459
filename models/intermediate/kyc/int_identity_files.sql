-- Grain: one row per identity file and night on which something arrived about the files
-- of its party: the decision, who it says the party is, and how it was captured.
with all_submissions as (
    select *, party_type || ':' || party_id as party_key
    from {{ ref('stg_kyc_submissions') }}
    where night <= {{ to_night() }}
),

checks as (
    select * from {{ ref('stg_kyc_checks') }}
    where night <= {{ to_night() }}
),

looked_at as (
    select party_key, night from all_submissions
    where {{ in_range('night') }}
    union
    select all_submissions.party_key, checks.night
    from checks
    inner join all_submissions
        on
            checks.submission_id = all_submissions.submission_id
            and checks.night >= all_submissions.night
    where {{ in_range('checks.night') }}
),

submissions as (
    select
        all_submissions.* exclude (night),
        looked_at.night
    from looked_at
    inner join all_submissions
        on
            looked_at.party_key = all_submissions.party_key
            and looked_at.night >= all_submissions.night
    qualify row_number() over (
            partition by looked_at.night, all_submissions.submission_id
            order by all_submissions.record_seq desc
        ) = 1
),

devices as (
    select
        submissions.submission_id,
        submissions.night,
        max_by(devices.is_emulator, devices.record_seq) as is_emulator
    from submissions
    inner join {{ ref('stg_devices') }} as devices
        on
            submissions.device_id = devices.device_id
            and submissions.night >= devices.night
    group by submissions.submission_id, submissions.night
),

captures as (
    select
        submissions.submission_id,
        submissions.night,
        count(checks.capture_source) as captured_checks,
        count(*) filter (
            where checks.capture_source in ('upload', 'virtual_camera')
        ) as injectable_checks,
        min(checks.score) filter (
            where checks.check_type = 'liveness' and checks.result != 'fail'
        ) as liveness_score
    from submissions
    inner join checks
        on
            submissions.submission_id = checks.submission_id
            and submissions.night >= checks.night
    group by submissions.submission_id, submissions.night
),

int_identity_files as (
    select
        submissions.submission_id,
        submissions.party_key,
        submissions.party_id,
        submissions.device_id,
        submissions.party_type,
        submissions.outcome,
        md5(concat_ws(
            '|',
            coalesce(submissions.declared_name_hash, ''),
            coalesce(submissions.date_of_birth_hash, ''),
            coalesce(submissions.tax_id_hash, '')
        )) as identity_hash,
        case
            when devices.is_emulator then 1
            when captures.captured_checks > 0
                then cast(
                        captures.injectable_checks / captures.captured_checks
                        as decimal(5, 4)
                    )
        end as capture_risk,
        captures.liveness_score,
        submissions.night,
        submissions.submitted_at,
        submissions.decided_at
    from submissions
    left join captures
        on
            submissions.submission_id = captures.submission_id
            and submissions.night = captures.night
    left join devices
        on
            submissions.submission_id = devices.submission_id
            and submissions.night = devices.night
)

select * from int_identity_files
