-- Grain: one row per seller, baseline night and source: in which country its papers,
-- its bank, its owner's network of 30 days and its warehouse are, as known that night.
with baselines as (
    {{ baseline_nights() }}
),

all_states as (
    select * from {{ ref('int_party_states') }}
    where party_type = 'seller' and night <= {{ to_night() }}
),

states as (
    {{ periods('all_states', 'party_key', within='all_states') }}
),

sellers as (
    select states.* exclude (night), baselines.night
    from baselines
    inner join states
        on
            baselines.night >= states.night
            and baselines.night < coalesce(states.until_night, date '9999-12-31')
),

warehouses as (
    select
        versions.seller_id,
        versions.record_seq,
        addresses.country,
        greatest(versions.night, addresses.night) as night
    from {{ ref('stg_sellers') }} as versions
    inner join {{ ref('stg_addresses') }} as addresses
        on versions.warehouse_address_id = addresses.address_id
),

papers as (
    select
        submissions.party_id as seller_id,
        checks.document_country as country,
        checks.checked_at,
        greatest(submissions.night, checks.night) as night
    from {{ ref('stg_kyc_submissions') }} as submissions
    inner join {{ ref('stg_kyc_checks') }} as checks
        on submissions.submission_id = checks.submission_id
    where submissions.party_type = 'seller'
),

-- of each source the country it speaks for most, or last
seen as (
    select
        sellers.party_key,
        sellers.night,
        'document' as source,
        papers.country,
        cast(max(epoch_us(papers.checked_at)) as bigint) as weight
    from sellers
    inner join papers
        on sellers.party_id = papers.seller_id and sellers.night >= papers.night
    group by all
    union all
    select
        sellers.party_key,
        sellers.night,
        'bank' as source,
        accounts.bank_country as country,
        cast(max(epoch_us(accounts.added_at)) as bigint) as weight
    from sellers
    inner join {{ ref('int_payout_account_states') }} as accounts
        on
            sellers.party_key = accounts.party_key
            and sellers.night >= accounts.night
    group by all
    union all
    select
        sellers.party_key,
        sellers.night,
        'network' as source,
        sessions.country,
        count(*) as weight
    from sellers
    inner join {{ ref('stg_sessions') }} as sessions
        on
            sellers.owner_key = 'user:' || sessions.user_id
            and sellers.night >= sessions.night
            and sellers.night - 30 < cast(sessions.started_at as date)
    where
        coalesce(sessions.login_result, 'success') = 'success'
        and sessions.night <= {{ to_night() }}
        and sessions.started_at >= {{ from_night() }} - 30
    group by all
    union all
    select
        sellers.party_key,
        sellers.night,
        'warehouse' as source,
        warehouses.country,
        max(warehouses.record_seq) as weight
    from sellers
    inner join warehouses
        on
            sellers.party_id = warehouses.seller_id
            and sellers.night >= warehouses.night
    group by all
),

int_seller_countries as (
    select
        party_key,
        source,
        country,
        night
    from seen
    where country is not null
    qualify row_number() over (
            partition by party_key, night, source order by weight desc, country asc
        ) = 1
)

select * from int_seller_countries
