-- Captures and the voids that take them back: one row per movement. A void counts from
-- the night on which both it and its capture have arrived; a void of an authorisation
-- moves nothing.
with attempts as (
    select
        *,
        coalesce(settled_at, attempted_at) as moved_at
    from {{ ref('stg_payment_attempts') }}
    where result = 'approved' and night <= {{ to_night() }}
),

captures as (
    select *
    from attempts
    where kind = 'capture'
),

voids as (
    select
        voids.payment_id as void_id,
        captures.payment_id,
        captures.order_id,
        captures.currency,
        voids.amount_minor,
        voids.moved_at,
        greatest(voids.night, captures.night) as known_night
    from attempts as voids
    inner join captures on voids.parent_payment_id = captures.payment_id
    where voids.kind = 'void'
),

movements as (
    {{ ledger_facts([
        {
            'cte': 'captures', 'table': 'payment_attempts', 'fact': 'capture', 'id': 'payment_id',
            'order_id': 'order_id', 'payment': 'payment_id', 'cash': 'amount_minor', 'at': 'moved_at',
        },
        {
            'cte': 'voids', 'table': 'payment_attempts', 'fact': 'void', 'id': 'void_id',
            'order_id': 'order_id', 'payment': 'payment_id', 'cash': '-amount_minor', 'at': 'moved_at',
            'night': 'known_night',
        },
    ]) }}
),

int_ledger_facts_payments as (
    select *
    from movements
    where {{ in_range('night') }}
)

select * from int_ledger_facts_payments
