{#-
    One spelling per number: digits, with the calling code in front. A number without + or 00 is a national one of `country`:
    its leading 0 goes (in Italy it stays), unless it is long enough to hold the calling code already. 011 stands for + in
    America only: elsewhere it is a town's. A 0 after the calling code goes as well, since no number we know begins with one
    but Italy's, where +39 (0)6 is +39 06.
    +49 (0)30 12 34 567 = 0049 30 1234567 = +49 030 1234567 = 030 1234567 in DE = 011 49 30 1234567 in US. An extension is
    left out. Fewer than six digits, or one digit over and over, are no number: null.
-#}
{% macro normalise_phone(phone, country='null') -%}
    {%- set code = calling_code(country) -%}
    {%- set typed -%}
        regexp_replace(
            regexp_replace(
                replace(regexp_replace({{ ascii_digits(phone) }}, '^(\s*(?:\+|00)\s*39)\s*\(0\)', '\10'), '(0)', ''),
                '(?i)\s*(ext\.?|x)\s*\d+\s*$', ''
            ),
            '[^0-9+]', '', 'g'
        )
    {%- endset -%}
    {%- set dialled -%}
        case when upper({{ country }}) in ('US', 'CA') then regexp_replace({{ typed }}, '^011', '+') else {{ typed }} end
    {%- endset -%}
    {%- set digits = "ltrim(" ~ dialled ~ ", '+0')" -%}
    {%- set trunks = calling_codes().values() | reject('equalto', 39) | unique | join('|') -%}
    {%- set number = "regexp_replace(" ~ digits ~ ", '^(" ~ trunks ~ ")0(\\d{8,})$', '\\1\\2')" -%}
    case
        when length({{ digits }}) < 6 or replace({{ digits }}, left({{ digits }}, 1), '') = '' then null
        when {{ dialled }} like '+%' or {{ dialled }} like '00%' then {{ number }}
        when {{ code }} is null then {{ digits }}
        when upper({{ country }}) = 'IT' and {{ dialled }} like '0%' then '39' || {{ dialled }}
        when {{ dialled }} like '0%' then {{ code }} || {{ digits }}
        when {{ digits }} like {{ code }} || '%' and length({{ digits }}) > length({{ code }}) + 7 then {{ number }}
        else {{ code }} || {{ digits }}
    end
{%- endmacro %}
