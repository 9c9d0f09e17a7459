-- The diagonal of each triangle, summed, is what the ledger had lost by that night, in
-- dollars as far as rates were known; and no month loses less than nothing before
-- recoveries.
with diagonals as (
    select
        night,
        sum(cumulative) filter (where measure = 'gross_usd') as gross_usd,
        sum(cumulative) filter (where measure = 'net_usd') as net_usd
    from {{ ref('int_loss_triangles') }}
    where next_cumulative is null
    group by night
),

ledger as (
    select
        diagonals.night,
        coalesce(sum(entries.gross_usd), 0) as gross_usd,
        coalesce(sum(entries.net_usd), 0) as net_usd
    from diagonals
    inner join {{ ref('int_loss_entries') }} as entries
        on diagonals.night >= entries.night
    group by diagonals.night
)

select
    diagonals.night,
    'the diagonal is not the ledger' as problem
from diagonals
inner join ledger on diagonals.night = ledger.night
where
    diagonals.gross_usd is distinct from ledger.gross_usd
    or diagonals.net_usd is distinct from ledger.net_usd
union all
select
    night,
    'a month lost less than nothing' as problem
from {{ ref('int_loss_triangles') }}
where measure in ('gross_usd', 'loss_orders') and increment < 0
