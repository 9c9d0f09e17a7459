{#-
    The parts of an order item that go with the share of its paid amount between two points, as columns; `item` is the alias
    of stg_order_items. Exact in full once the whole item is covered. An unknown part stays null and clears has_all_parts.
-#}
{% macro item_parts(item, from_share, to_share, base) -%}
    {%- set parts = [
        'platform_discount_minor', 'shipping_subsidy_minor', 'platform_fee_minor',
        'affiliate_commission_minor', 'tax_minor',
    ] -%}
    {%- for part in parts %}
    {{ pro_rata(item ~ '.' ~ part, to_share, base) }}
    - {{ pro_rata(item ~ '.' ~ part, from_share, base) }} as {{ part }},
    {%- endfor %}
    {%- for part in parts %}
    {{ item }}.{{ part }} is not null{{ ' and' if not loop.last else ' as has_all_parts' }}
    {%- endfor %}
{%- endmacro %}
