-- Nights after which more than a seller owes, or less than nothing, is written off; and
-- sellers with one number of days whose write-off at the end is not the least they have
-- owed over that many days.
with postings as (
    select
        party_id as seller_id,
        currency,
        night,
        case when fact = 'reclass' then amount_minor else 0 end as owed_minor,
        case when account = 'loss_seller_default' then amount_minor else 0 end
            as written_off_minor
    from {{ ref('fct_ledger_postings') }}
    where
        source_table = 'seller_balance'
        and account in ('seller_receivable', 'loss_seller_default')
),

nights as (
    select
        seller_id,
        currency,
        night,
        sum(owed_minor) as owed_minor,
        sum(written_off_minor) as written_off_minor
    from postings
    group by seller_id, currency, night
),

balances as (
    select
        seller_id,
        currency,
        night,
        sum(owed_minor) over so_far as owed_minor,
        sum(written_off_minor) over so_far as written_off_minor,
        lead(night) over (partition by seller_id, currency order by night)
            as until_night
    from nights
    window so_far as (
        partition by seller_id, currency
        order by night
        rows between unbounded preceding and current row
    )
),

single_terms as (
    select
        seller_id,
        currency,
        cast(min(default_on - night) as integer) as days
    from {{ ref('int_seller_debts') }}
    group by seller_id, currency
    having
        min(default_on - night) = max(default_on - night)
        and count(default_on) = count(*)
),

last_night as (
    select max(night) as night from {{ ref('stg_landing_deliveries') }}
),

at_the_end as (
    select
        balances.seller_id,
        balances.currency,
        -- owed since before the days began: else there is a night without debt
        case
            when min(balances.night) <= max(last_night.night - single_terms.days)
                then min(balances.owed_minor)
            else 0
        end as least_owed_minor,
        max_by(balances.written_off_minor, balances.night) as written_off_minor
    from balances
    inner join single_terms
        on
            balances.seller_id = single_terms.seller_id
            and balances.currency = single_terms.currency
    cross join last_night
    where
        balances.until_night is null
        or balances.until_night > last_night.night - single_terms.days
    group by balances.seller_id, balances.currency
)

select
    seller_id,
    currency,
    owed_minor,
    written_off_minor,
    'after a night' as problem
from balances
where written_off_minor < 0 or written_off_minor > owed_minor
union all
select
    seller_id,
    currency,
    least_owed_minor,
    written_off_minor,
    'at the end' as problem
from at_the_end
where least_owed_minor != written_off_minor
