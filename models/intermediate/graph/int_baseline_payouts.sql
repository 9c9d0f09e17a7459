-- Grain: one row per payout to a seller that was paid in the 30 days up to a baseline
-- night and baseline night, as known by then: whom it went to and to which account.
with baselines as (
    {{ baseline_nights() }}
),

versions as (
    select * from {{ ref('stg_payouts') }}
    where night <= {{ to_night() }} and party_type = 'seller'
),

accounts as (
    select
        payout_account_id,
        account_number_hash,
        night,
        lead(night) over (
            partition by payout_account_id order by night
        ) as until_night
    from {{ ref('int_payout_account_states') }}
    where night <= {{ to_night() }}
),

clusters as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type = 'seller' and night <= {{ to_night() }}
),

current_versions as (
    select
        versions.* exclude (night),
        cast(versions.paid_at as date) as rate_for,
        baselines.night
    from baselines
    inner join versions
        on
            baselines.night >= versions.night
            and baselines.night < cast(versions.initiated_at as date) + 60
    qualify row_number() over (
            partition by versions.payout_id, baselines.night
            order by versions.record_seq desc
        ) = 1
),

paid as (
    select * from current_versions
    where
        status = 'paid'
        and night >= cast(paid_at as date)
        and night < cast(paid_at as date) + 30
),

rates as (
    {{ known_rates('paid') }}
),

int_baseline_payouts as (
    select
        paid.payout_id,
        paid.party_id as seller_id,
        coalesce(clusters.cluster_id, 'seller:' || paid.party_id) as cluster_id,
        accounts.account_number_hash as account_hash,
        {{ amount_in_usd(
            'paid.amount_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as paid_usd,
        paid.night,
        paid.paid_at
    from paid
    left join accounts
        on
            paid.payout_account_id = accounts.payout_account_id
            and paid.night >= accounts.night
            and paid.night < coalesce(accounts.until_night, date '9999-12-31')
    left join clusters
        on
            paid.party_id = clusters.party_id
            and paid.night >= clusters.night
            and paid.night < coalesce(clusters.until_night, date '9999-12-31')
    left join {{ ref('ref_currencies') }} as currencies
        on paid.currency = currencies.currency
    left join rates
        on
            paid.currency = rates.currency
            and paid.rate_for = rates.rate_for
            and paid.night = rates.night
)

select * from int_baseline_payouts
