-- Nights after which what an order's lost disputes use of its reserve is not the lesser
-- of what they put on the seller and of what is held, both from the raw side of the
-- ledger. So the reserve is never used beyond what is held.
with postings as (
    select
        *,
        case
            when source_table = 'dispute_events' and account = 'seller_payable'
                then 'borne'
            when source_table = 'settlement_lines' and account = 'seller_reserve'
                then 'held'
            when source_table = 'order_reserve' and account = 'seller_reserve'
                then 'used'
        end as side
    from {{ ref('int_posting_orders') }}
    where order_id is not null
),

nights as (
    select
        order_id,
        party_id,
        currency,
        order_night,
        sum(case when side = 'borne' then amount_minor else 0 end) as borne_minor,
        sum(case when side = 'held' then -amount_minor else 0 end) as held_minor,
        sum(case when side = 'used' then amount_minor else 0 end) as used_minor
    from postings
    where side is not null
    group by order_id, party_id, currency, order_night
),

balances as (
    select
        order_id,
        party_id,
        currency,
        order_night,
        sum(borne_minor) over so_far as borne_minor,
        sum(held_minor) over so_far as held_minor,
        sum(used_minor) over so_far as used_minor
    from nights
    window so_far as (
        partition by order_id, party_id, currency
        order by order_night
        rows between unbounded preceding and current row
    )
)

select *
from balances
where used_minor != greatest(least(borne_minor, held_minor), 0)
