-- Grain: one row per seller and night on which it was growing, that had a payout under
-- way or one paid in the last 7 days: what is pending, and what left within 7 days of a
-- new payout account (SC11), in dollars.
with growth as (
    select
        *,
        'seller:' || seller_id as party_key
    from {{ ref('int_seller_growth') }}
    where {{ in_range('night') }} and growth > 0
),

payouts as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by payout_id order by night
        ) as until_night
    from {{ ref('int_payout_states') }}
    where night <= {{ to_night() }} and party_type = 'seller'
),

open_payouts as (
    select
        growth.seller_id,
        growth.party_key,
        payouts.payout_id,
        payouts.currency,
        payouts.amount_minor,
        payouts.left_us_at,
        payouts.status = 'paid' as is_paid,
        growth.night as rate_for,
        growth.night
    from growth
    inner join payouts
        on
            growth.seller_id = payouts.party_id
            and growth.night >= payouts.night
            and growth.night < payouts.until_night
    where
        payouts.status in ('pending', 'held')
        or (
            payouts.status = 'paid'
            and growth.night - 7 < cast(payouts.left_us_at as date)
        )
),

-- accounts as first known: a later version does not make one new again
accounts as (
    select
        party_key,
        payout_account_id,
        min_by(added_at, night) as added_at,
        min(night) as night
    from {{ ref('int_payout_account_states') }}
    where night <= {{ to_night() }} and {{ is_in('party_key', 'growth') }}
    group by party_key, payout_account_id
),

rushed as (
    select distinct
        open_payouts.payout_id,
        open_payouts.night
    from open_payouts
    inner join accounts
        on
            open_payouts.party_key = accounts.party_key
            and open_payouts.night >= accounts.night
            and open_payouts.left_us_at >= accounts.added_at
            and open_payouts.left_us_at < accounts.added_at + interval 7 days
    where open_payouts.is_paid
),

rates as (
    {{ known_rates('open_payouts') }}
),

priced as (
    select
        open_payouts.*,
        rushed.payout_id is not null as is_rushed,
        {{ amount_in_usd(
            'open_payouts.amount_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as amount_usd
    from open_payouts
    left join rushed
        on
            open_payouts.payout_id = rushed.payout_id
            and open_payouts.night = rushed.night
    left join {{ ref('ref_currencies') }} as currencies
        on open_payouts.currency = currencies.currency
    left join rates
        on
            open_payouts.currency = rates.currency
            and open_payouts.rate_for = rates.rate_for
            and open_payouts.night = rates.night
),

int_seller_payout_rushes as (
    select
        seller_id,
        {{ sum_if_all_known('amount_usd', 'not is_paid') }} as pending_usd,
        {{ sum_if_all_known('amount_usd', 'is_rushed') }} as rushed_usd,
        list('payout:' || payout_id order by payout_id) as objects,
        night
    from priced
    group by seller_id, night
)

select * from int_seller_payout_rushes
