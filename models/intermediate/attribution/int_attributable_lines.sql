{{ config(materialized='view') }}

-- Ledger lines whose cause a label can decide, by the part they play: losses of the
-- platform, promotions and rewards, and what sellers, creators and buyers bear. One row
-- per changed line and part; a purchase line can play two.
with lines as (
    select
        *,
        split_part(fact_id, '|', 1) as source_table
    from {{ ref('int_ledger_deltas') }}
),

captures as (
    select
        payment_id,
        order_id,
        night
    from {{ ref('int_ledger_facts_payments') }}
    where fact = 'capture' and order_id is not null
),

parts as (
    select
        *,
        case
            when
                account in ('loss_buyer_protection', 'loss_payment_fraud')
                and component = 'principal' then 'loss'
            when account = 'promo_expense' then 'promotion'
            when account = 'incentive_expense' then 'reward'
            when
                account = 'seller_payable'
                and source_table in ('refunds', 'dispute_events') then 'seller'
            when
                account = 'creator_payable' and source_table = 'refunds' then 'creator'
        end as part,
        amount_minor as borne_minor
    from lines
    union all
    select
        * replace (
            'principal' as component,
            cast(null as varchar) as party_type,
            cast(null as varchar) as party_id
        ),
        'buyer' as part,
        -amount_minor as borne_minor
    from lines
    where
        source_table in ('payment_attempts', 'refunds', 'dispute_events')
        and order_item_id is not null
),

int_attributable_lines as (
    select
        case
            when parts.part = 'reward' then 'reward'
            when parts.order_item_id is not null then 'order_item'
            else 'order'
        end as subject_type,
        case
            when parts.part = 'reward' then parts.ledger_key
            else coalesce(parts.order_item_id, parts.order_id, captures.order_id)
        end as subject_id,
        parts.part,
        parts.fact_id,
        coalesce(parts.reversed_fact_id, parts.fact_id) as valued_fact_id,
        parts.source_table,
        parts.account,
        parts.party_type,
        parts.party_id,
        case
            when parts.order_item_id is null
                then coalesce(parts.order_id, captures.order_id)
            else parts.order_id
        end as order_id,
        parts.order_item_id,
        parts.payment_id,
        parts.component,
        parts.currency,
        parts.borne_minor,
        parts.event_at,
        greatest(parts.night, case
            when
                parts.part != 'reward'
                and coalesce(parts.order_item_id, parts.order_id) is null
                then captures.night
        end) as night
    from parts
    left join captures on parts.payment_id = captures.payment_id
    where
        parts.part is not null
        and coalesce(
            case when parts.part = 'reward' then parts.ledger_key end,
            parts.order_item_id, parts.order_id, captures.order_id
        ) is not null
)

select * from int_attributable_lines
