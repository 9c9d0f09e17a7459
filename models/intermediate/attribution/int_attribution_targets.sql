-- The lines that give losses their cause, given what is known on a night: from the
-- account they were posted on to the account of the cause, and memo lines for what
-- others than the platform bear. One row per subject, night it changed, line and leg.
with states as (
    select * from {{ ref('int_attribution_states') }}
    where {{ in_range('night') }}
),

-- A seller is no victim of its own fraud; a refund it funded is a loss to it only when
-- a label says so, a dispute it lost always is. A label on a seller does not say which
-- of its buyers got nothing.
moves as (
    select
        *,
        part in ('seller', 'creator', 'buyer') as is_memo,
        case
            when part = 'loss' then 'loss_' || loss_type
            when part in ('promotion', 'reward') then 'loss_incentive_abuse'
            else 'memo_loss_' || part
        end as to_account,
        case
            when part = 'loss' then 'loss_' || loss_type != account
            when part in ('promotion', 'reward') then is_incentive_abuse
            when part = 'buyer' then is_named and labelled_type = 'seller_default'
            when part = 'creator' then labelled_type != 'collusion'
            when source_table = 'refunds'
                then labelled_type not in ('seller_default', 'collusion')
            else loss_type not in ('seller_default', 'collusion')
        end as is_moved
    from states
),

legs as (
    select
        moves.*,
        leg.side,
        leg.direction
        * case when coalesce(moves.is_moved, false) then moves.borne_minor else 0 end
            as amount_minor
    from moves
    cross join (values ('from', -1), ('to', 1)) as leg (side, direction)
),

-- the leg it comes from stays with 0, so that a subject without any cause is seen
int_attribution_targets as (
    select
        'attribution:' || subject_type || ':' || subject_id as ledger_key,
        fact_id as attributed_fact_id,
        fact_id || '_attribution' as fact_id,
        valued_fact_id as reversed_fact_id,
        case
            when side = 'to' then to_account
            when is_memo then 'memo_contra'
            else account
        end as account,
        case when is_memo then party_type end as party_type,
        case when is_memo then party_id end as party_id,
        order_id,
        order_item_id,
        payment_id,
        component,
        currency,
        case when is_memo then loss_type end as loss_type,
        event_at,
        cast(amount_minor as bigint) as amount_minor,
        night
    from legs
    where side = 'from' or amount_minor != 0
)

select * from int_attribution_targets
