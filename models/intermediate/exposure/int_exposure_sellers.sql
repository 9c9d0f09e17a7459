-- What the orders of each seller expose at the end of each night, as known on it: one
-- row per night and seller with open exposure. Orders of no known seller are one.
with deltas as (
    {{ open_exposure() }}
),

changes as (
    select
        coalesce(seller_id, 'unknown') as seller_id,
        effective_on as changed_on,
        gross_usd,
        ead_usd
    from deltas
),

int_exposure_sellers as (
    {{ nightly_balances('changes', ['seller_id'], ['gross_usd', 'ead_usd']) }}
)

select * from int_exposure_sellers
