-- What a seller is owed (payable and reserve together) after each night that moved it,
-- and how much of it the seller owes us instead: one row per seller, currency and
-- night.
with movements as (
    select
        party_id as seller_id,
        currency,
        amount_minor,
        night
    from {{ ref('int_ledger_deltas') }}
    where
        account in ('seller_payable', 'seller_reserve')
        and party_type = 'seller'
        and night <= {{ to_night() }}
),

nights as (
    select
        seller_id,
        currency,
        night,
        -sum(amount_minor) as moved_minor
    from movements
    where {{ touched('seller_id', 'movements') }}
    group by seller_id, currency, night
),

balances as (
    select
        *,
        sum(moved_minor) over so_far as balance_minor
    from nights
    window so_far as (
        partition by seller_id, currency
        order by night
        rows between unbounded preceding and current row
    )
),

receivables as (
    select
        *,
        greatest(-balance_minor, 0) as receivable_minor,
        greatest(-balance_minor, 0) - coalesce(
            lag(greatest(-balance_minor, 0))
                over (partition by seller_id, currency order by night),
            0
        ) as receivable_change_minor
    from balances
),

int_seller_balances as (
    select
        seller_id,
        currency,
        cast(moved_minor as bigint) as moved_minor,
        cast(balance_minor as bigint) as balance_minor,
        cast(receivable_minor as bigint) as receivable_minor,
        cast(receivable_change_minor as bigint) as receivable_change_minor,
        night
    from receivables
    where {{ in_range('night') }}
)

select * from int_seller_balances
