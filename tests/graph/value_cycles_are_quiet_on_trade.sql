-- 2,000 flows from 400 buyers to 60 sellers, who in turn buy from 20 wholesalers: money
-- moves down only, nothing comes back. Returns the cycles that are none.
with flows as (
    select distinct
        1 as graph,
        'buyer' || md5_number_lower('b' || i) % 400 as payer,
        'seller' || md5_number_lower('s' || i) % 60 as payee
    from range(2000) as flows (i) -- noqa: AL05
    union all
    select distinct
        1 as graph,
        'seller' || md5_number_lower('w' || i) % 60 as payer,
        'wholesaler' || md5_number_lower('x' || i) % 20 as payee
    from range(500) as flows (i) -- noqa: AL05
),

dated as (
    select
        *,
        100 as value,
        timestamp '2026-03-01' as first_at,
        timestamp '2026-03-30' as last_at
    from flows
),

cycles as (
    {{ value_cycles('dated') }}
)

select * from cycles
