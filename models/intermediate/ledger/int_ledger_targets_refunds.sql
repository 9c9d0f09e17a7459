-- The ledger lines that refunds should have, given what is known on a night: one row
-- per key (item), night, refund, account and component. The seller, the platform or the
-- carrier bears it; unapplied until the item and its seller are known.
with refunds as (
    select *
    from {{ ref('int_ledger_refund_states') }}
    where {{ in_range('night') }}
),

seller_refunds as (
    select *
    from refunds
    where borne_by = 'seller'
),

int_ledger_targets_refunds as (
    {%- set line = {'item': 'order_item_id'} %}
    {{ ledger_lines('refunds', [
        dict(line, account="'psp_cash'", amount='-principal_minor', keep=true),
        dict(line, account="'loss_buyer_protection'",
            amount="case when borne_by = 'platform' then principal_minor end"),
        dict(line, account="'carrier_receivable'",
            amount="case when borne_by = 'carrier' then principal_minor end"),
        dict(line, account="'unapplied_cash'",
            amount="case when borne_by = 'unknown' then principal_minor end"),
    ]) }}
    union all
    {{ item_lines('seller_refunds') }}
)

select * from int_ledger_targets_refunds
