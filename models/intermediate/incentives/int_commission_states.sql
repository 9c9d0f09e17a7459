-- Grain: one row per commission and night on which it changed, with the time it was
-- first known to be settled: a reversal does not undo that it had been.
with all_commissions as (
    select * from {{ ref('stg_affiliate_commissions') }}
    where night <= {{ to_night() }}
),

touched as (
    select commission_id from all_commissions
    where {{ in_range('night') }}
),

commissions as (
    select * from all_commissions
    where commission_id in (select touched.commission_id from touched)
),

states as (
    {{ became_current('commissions', ['commission_id']) }}
),

settled as (
    select
        *,
        min(settled_at) over (
            partition by commission_id order by night
        ) as first_settled_at
    from states
),

int_commission_states as (
    select
        commission_id,
        order_item_id,
        creator_id,
        click_device_id,
        currency,
        status,
        commission_minor,
        night,
        click_at,
        first_settled_at
    from settled
    where {{ in_range('night') }}
)

select * from int_commission_states
