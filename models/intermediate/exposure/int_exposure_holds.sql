-- Money of the seller that cannot be paid out yet, as known on a night: one row per
-- order, currency, night of its state and day from which it may be paid out.
with states as (
    select * from {{ ref('int_exposure_states') }}
    where {{ in_range('night') }}
),

entries as (
    select * from {{ ref('int_exposure_settlements') }}
    where
        night <= {{ to_night() }}
        and kind = 'unsettled'
        and {{ is_in('order_id', 'states') }}
),

int_exposure_holds as (
    select
        states.order_id,
        states.currency,
        cast(sum(entries.amount_minor) as bigint) as amount_minor,
        entries.available_on,
        states.night
    from states
    inner join entries
        on
            states.order_id = entries.order_id
            and states.currency = entries.currency
            and states.night >= entries.night
            and states.night < entries.available_on
    group by states.order_id, states.currency, states.night, entries.available_on
)

select * from int_exposure_holds
