-- Grain: one row per seller and night that moved what it is owed: unsettled sales,
-- reserve and payouts under way in dollars, all currencies together.
with moves as (
    select * from {{ ref('int_seller_balances') }}
    where night <= {{ to_night() }}
),

nights as (
    select distinct seller_id, night from moves
    where {{ in_range('night') }}
),

balances as (
    select
        nights.seller_id,
        moves.currency,
        max_by(moves.balance_minor, moves.night) as balance_minor,
        nights.night,
        nights.night as rate_for
    from nights
    inner join moves
        on nights.seller_id = moves.seller_id and nights.night >= moves.night
    group by nights.seller_id, moves.currency, nights.night
),

rates as (
    {{ known_rates('balances') }}
),

priced as (
    select
        balances.*,
        {{ amount_in_usd(
            'greatest(balances.balance_minor, 0)', 'rates.usd_per_unit',
            'currencies.exponent'
        ) }} as owed_usd
    from balances
    left join {{ ref('ref_currencies') }} as currencies
        on balances.currency = currencies.currency
    left join rates
        on
            balances.currency = rates.currency
            and balances.rate_for = rates.rate_for
            and balances.night = rates.night
),

int_seller_open_balances as (
    select
        seller_id,
        cast(
            {{ sum_if_all_known('owed_usd', 'balance_minor > 0') }} as decimal(18, 2)
        ) as owed_usd,
        night
    from priced
    group by seller_id, night
)

select * from int_seller_open_balances
