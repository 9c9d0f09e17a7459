-- The nightly move of what lost disputes take from the reserve of their order, from
-- reserve to payable, at the rate of the night. One row per order, seller, currency,
-- night and account.
with uses as (
    select
        *,
        order_id || ':' || seller_id || ':' || currency || ':' || night as source_id,
        night as rate_for
    from {{ ref('int_reserve_uses') }}
    where {{ in_range('night') }}
),

moves as (
    select
        order_id,
        seller_id,
        currency,
        night,
        source_id,
        change_minor as amount_minor,
        'reserve_use' as fact,
        'reclass' as journal_kind,
        {{ fact_id('order_reserve', 'source_id', 'reserve_use') }} as fact_id,
        cast(null as varchar) as reversed_fact_id,
        cast(null as varchar) as reverses_journal_id
    from uses
),

rates as (
    {{ known_rates('uses') }}
),

int_reserve_use_lines as (
    {{ move_lines('moves', 'order_reserve', [
        {'account': 'seller_reserve', 'sign': ''},
        {'account': 'seller_payable', 'sign': '-'},
    ]) }}
)

select * from int_reserve_use_lines
