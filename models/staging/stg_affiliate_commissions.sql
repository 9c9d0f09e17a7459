-- Commissions owed to creators for order lines they led to.
-- Grain: one row per version of a commission, as first delivered.
with landed as (
    {{ landing_rows('affiliate_commissions') }}
),
delivered as (
    {{ first_delivery('landed', ['commission_id', 'record_seq'], 'ordered_at') }}
),
stg_affiliate_commissions as (
    select
        commission_id,
        order_item_id,
        creator_id,
        click_device_id,
        currency,
        status,
        record_seq,
        commission_minor,
        night,
        click_at,
        ordered_at,
        settled_at,
        ingested_at
    from delivered
)
select * from stg_affiliate_commissions
