-- Nights on which exposure takes another reserve for an order than what is held for it
-- beyond what its lost disputes put on the seller, both from the raw side of the
-- ledger: money that pays for a lost dispute secures nothing else.
with postings as (
    select
        *,
        case
            when source_table = 'dispute_events' and account = 'seller_payable'
                then 'borne'
            when source_table = 'settlement_lines' and account = 'seller_reserve'
                then 'held'
        end as side
    from {{ ref('int_posting_orders') }}
    where order_id is not null
),

nights as (
    select
        order_id,
        party_id,
        currency,
        order_night as night,
        sum(case when side = 'borne' then amount_minor else 0 end) as borne_minor,
        sum(case when side = 'held' then -amount_minor else 0 end) as held_minor
    from postings
    where side is not null
    group by order_id, party_id, currency, order_night
),

balances as (
    select
        order_id,
        currency,
        sum(held_minor) over so_far as held_so_far,
        held_so_far - greatest(
            least(held_so_far, sum(borne_minor) over so_far), 0
        ) as free_minor,
        night,
        lead(night, 1, date '9999-12-31') over so_far as until_night
    from nights
    window so_far as (partition by order_id, party_id, currency order by night)
)

select
    states.order_id,
    states.currency,
    states.reserve_minor,
    coalesce(sum(balances.free_minor), 0) as free_minor,
    states.night
from {{ ref('int_exposure_states') }} as states
left join balances
    on
        states.order_id = balances.order_id
        and states.currency = balances.currency
        and states.night >= balances.night
        and states.night < balances.until_night
group by states.order_id, states.currency, states.reserve_minor, states.night
having states.reserve_minor != coalesce(sum(balances.free_minor), 0)
