{#-
    The ledger lines of money that belongs to an order item: `cte` has, beside what `ledger_lines` asks for, direction (+1 a
    capture, -1 what takes one back), principal_minor, the item's parts released with it (*_minor, null = unknown),
    order_item_id, seller_id, creator_id and reversed_fact_id. The seller is owed the balance of what is known.
-#}
{% macro item_lines(cte) -%}
    {%- set known = {
        'platform_discount': 'coalesce(platform_discount_minor, 0)',
        'shipping_subsidy': 'coalesce(shipping_subsidy_minor, 0)',
        'platform_fee': 'coalesce(platform_fee_minor, 0)',
        'affiliate_commission': 'coalesce(affiliate_commission_minor, 0)',
        'tax': 'coalesce(tax_minor, 0)',
    } -%}
    {%- set owed = 'principal_minor + ' ~ known.platform_discount ~ ' + ' ~ known.shipping_subsidy
        ~ ' - ' ~ known.platform_fee ~ ' - ' ~ known.affiliate_commission ~ ' - ' ~ known.tax -%}
    {%- set common = {
        'item': 'order_item_id', 'reverses': 'reversed_fact_id', 'complete': 'has_all_parts',
    } -%}
    {{ ledger_lines(cte, [
        dict(common, account="'promo_expense'", component="'platform_discount'",
            amount='direction * ' ~ known.platform_discount),
        dict(common, account="'promo_expense'", component="'ship_subsidy'",
            amount='direction * ' ~ known.shipping_subsidy),
        dict(common, account="'platform_fee_revenue'", component="'fee'",
            amount='-direction * ' ~ known.platform_fee),
        dict(common, account="'creator_payable'", component="'commission'",
            party_type="'creator'", party_id='creator_id',
            amount='-direction * ' ~ known.affiliate_commission),
        dict(common, account="'tax_payable'", component="'tax'", amount='-direction * ' ~ known.tax),
        dict(common, account="'seller_payable'", party_type="'seller'", party_id='seller_id',
            amount='-direction * (' ~ owed ~ ')'),
    ]) }}
{%- endmacro %}
