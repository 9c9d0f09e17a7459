{#-
    One spelling per number: digits, with the calling code in front. A number without + or 00 is a national one of `country`:
    its leading 0 goes (in Italy it stays), unless it is long enough to hold the calling code already.
    +49 (0)30 12 34 567 = 0049 30 1234567 = 030 1234567 in DE. An extension is left out. Fewer than six digits, or one digit
    over and over, are no number: null.
-#}
{% macro normalise_phone(phone, country='null') -%}
    {%- set dialled -%}
        regexp_replace(
            regexp_replace(replace({{ ascii_digits(phone) }}, '(0)', ''), '(?i)\s*(ext\.?|x)\s*\d+\s*$', ''),
            '[^0-9+]', '', 'g'
        )
    {%- endset -%}
    {%- set digits = "ltrim(" ~ dialled ~ ", '+0')" -%}
    {%- set code = calling_code(country) -%}
    case
        when length({{ digits }}) < 6 or replace({{ digits }}, left({{ digits }}, 1), '') = '' then null
        when {{ dialled }} like '+%' or {{ dialled }} like '00%' or {{ code }} is null then {{ digits }}
        when upper({{ country }}) = 'IT' and {{ dialled }} like '0%' then '39' || {{ dialled }}
        when {{ dialled }} like '0%' then {{ code }} || {{ digits }}
        when {{ digits }} like {{ code }} || '%' and length({{ digits }}) > length({{ code }}) + 7 then {{ digits }}
        else {{ code }} || {{ digits }}
    end
{%- endmacro %}
