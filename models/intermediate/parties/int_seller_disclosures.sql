-- Grain: one row per seller and night on which something it told about itself arrived:
-- what the law asks a trader to disclose, and whether we have it as of that night.
with all_sellers as (
    select * from {{ ref('stg_sellers') }}
    where night <= {{ to_night() }}
),

accounts as (
    select
        party_id as seller_id,
        min(night) as night
    from {{ ref('stg_payout_accounts') }}
    where party_type = 'seller' and night <= {{ to_night() }}
    group by party_id
),

checks as (
    select * from {{ ref('stg_kyc_checks') }}
    where
        night <= {{ to_night() }}
        and check_type in ('document', 'registry')
        and result = 'pass'
),

submissions as (
    select
        submission_id,
        min_by(party_id, record_seq) as seller_id,
        min(night) as night
    from {{ ref('stg_kyc_submissions') }}
    where party_type = 'seller' and night <= {{ to_night() }}
    group by submission_id
),

identified as (
    select
        submissions.seller_id,
        min(greatest(checks.night, submissions.night)) as night
    from checks
    inner join submissions on checks.submission_id = submissions.submission_id
    group by submissions.seller_id
),

touched as (
    select seller_id, night from all_sellers
    where {{ in_range('night') }}
    union
    select seller_id, night from accounts
    where {{ in_range('night') }}
    union
    select seller_id, night from identified
    where {{ in_range('night') }}
),

versions as (
    select
        touched.night as as_of,
        all_sellers.*
    from touched
    inner join all_sellers
        on
            touched.seller_id = all_sellers.seller_id
            and touched.night >= all_sellers.night
    qualify row_number() over (
            partition by touched.seller_id, touched.night
            order by all_sellers.record_seq desc
        ) = 1
),

int_seller_disclosures as (
    select
        versions.seller_id,
        versions.region,
        versions.business_line,
        versions.status,
        versions.seller_type != 'individual' as is_trader,
        versions.legal_name_hash is not null as has_name,
        versions.registered_address_id is not null as has_address,
        versions.contact_email_hash is not null
        and versions.contact_phone_hash is not null as has_contact,
        versions.tax_id_hash is not null as has_tax_id,
        {{ normalise_id('versions.trade_register_no') }} is not null as has_register_no,
        versions.self_certified_at is not null as has_self_certification,
        identified.seller_id is not null as has_identification,
        accounts.seller_id is not null as has_payout_account,
        cast(versions.onboarded_at as date) as onboarded_on,
        cast(versions.inform_certified_at as date) as inform_certified_on,
        versions.as_of as night
    from versions
    left join identified
        on
            versions.seller_id = identified.seller_id
            and versions.as_of >= identified.night
    left join accounts
        on
            versions.seller_id = accounts.seller_id and versions.as_of >= accounts.night
)

select * from int_seller_disclosures
