{#- Full-width and Arabic digits as 0 to 9, so that one number has one spelling: ０３０ = ٠٣٠ = 030. -#}
{% macro ascii_digits(text) -%}
    translate({{ text }}, '０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '012345678901234567890123456789')
{%- endmacro %}
