-- What is written off of a seller's debts: what has been owed without a break until the
-- debt was old enough, less what the seller earned back since (its newest debts first).
-- One row per seller, currency, debt and night on which its written-off part changed.
with debts as (
    select
        *,
        night as owed_since
    from {{ ref('int_seller_debts') }}
    where night <= {{ to_night() }} and default_on <= {{ to_night() }}
),

-- a debt grows old between two nights if there is a gap: the next one writes it off
closed_nights as (
    select
        night,
        lag(night, 1, date '0001-01-01') over (order by night) as night_before
    from (
        select distinct night from {{ ref('stg_landing_deliveries') }}
        where night <= {{ to_night() }}
    ) as delivered
),

dated_debts as (
    select
        debts.*,
        closed_nights.night as written_off_on
    from debts
    inner join closed_nights
        on
            debts.default_on > closed_nights.night_before
            and debts.default_on <= closed_nights.night
),

balances as (
    select * from {{ ref('int_seller_balances') }}
    where night <= {{ to_night() }} and receivable_change_minor != 0
),

touched_debts as (
    select * from dated_debts
    where
        {{ in_range('written_off_on') }}
        or {{ touched('seller_id', 'balances') }}
),

nights as (
    select
        debts.seller_id,
        debts.currency,
        debts.owed_since,
        debts.written_off_on,
        debts.owed_before_minor,
        min(balances.receivable_minor) as least_owed_minor,
        greatest(balances.night, debts.written_off_on) as night
    from touched_debts as debts
    inner join balances
        on
            debts.seller_id = balances.seller_id
            and debts.currency = balances.currency
            and debts.owed_since <= balances.night
    group by all
),

levels as (
    select
        *,
        greatest(min(least_owed_minor) over so_far - owed_before_minor, 0)
            as written_off_minor
    from nights
    window so_far as (
        partition by seller_id, currency, owed_since
        order by night
        rows between unbounded preceding and current row
    )
),

changes as (
    select
        *,
        written_off_minor - lag(written_off_minor, 1, 0) over (
            partition by seller_id, currency, owed_since order by night
        ) as change_minor
    from levels
),

int_seller_defaults as (
    select
        seller_id,
        currency,
        cast(written_off_minor as bigint) as written_off_minor,
        cast(change_minor as bigint) as change_minor,
        owed_since,
        written_off_on,
        night
    from changes
    where change_minor != 0 and {{ in_range('night') }}
)

select * from int_seller_defaults
