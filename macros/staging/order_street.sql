{#-
    A street line with its parts where the others have them: a flat in front goes to the end, and a direction before or after
    an English street name is one short word. Apt 4, 12 North Main Street = 12 dirn Main Street Apt 4. A number before a slash
    is a flat in Australia and New Zealand, one before a dash in Canada; elsewhere it may be a range or a stair. A bare letter
    is a direction in the USA and Canada, one with a full stop everywhere: 12 E Maple Road may be house 12 E.
-#}
{% macro order_street(street, country='null') -%}
    {%- set flat = "apartment|apartamento|apt|apto|unit|flat|suite|ste|room|floor|wohnung|whg|piso|appartement|app|depto|dpto" -%}
    {%- set kind = "street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|boulevard|blvd|place|pl|square|sq|court|ct|way|terrace"
        ~ "|parkway|pkwy|highway|hwy|circle|cir|trail|trl" -%}
    {%- set name = "(?:\\S+\\s+)+?(?:" ~ kind ~ ")\\b" -%}
    {%- set flat_first = "(?i)^\\s*((?:" ~ flat ~ ")\\b\\.?\\s*#?|#)\\s*(\\d+[a-z]?|[a-z]\\d*)"
        ~ "(?:\\s*[,;:/]\\s*|\\s+-?\\s*)(\\S.*)$" -%}
    {%- set line -%}
        regexp_replace(
            case
                when upper({{ country }}) in ('AU', 'NZ')
                    then regexp_replace({{ street }}, '(?i)^\s*u?(\d+[a-z]?)\s*/\s*(\d)', 'unit \1 \2')
                when upper({{ country }}) = 'CA'
                    then regexp_replace({{ street }}, '(?i)^\s*(\d+[a-z]?)\s*-\s*(\d)', 'unit \1 \2')
                else {{ street }}
            end,
            '{{ flat_first }}', '\3 \1 \2'
        )
    {%- endset -%}
    {%- set lines = [] -%}
    {%- for bare in ['?', ''] -%}
        {%- set north = "(?:(n)(?:orth|\\.)" ~ bare ~ "|(s)(?:outh|\\.)" ~ bare ~ ")" -%}
        {%- set east = "(?:(e)(?:ast|\\.)" ~ bare ~ "|(w)(?:est|\\.)" ~ bare ~ ")" -%}
        {%- set direction = "(?:" ~ north ~ "(?:[\\s-]?" ~ east ~ ")?|" ~ east ~ ")" -%}
        {%- set before = "(?i)^(\\s*\\d+[a-z]?\\s+)" ~ direction ~ "\\s+(" ~ name ~ "|broadway\\b)" -%}
        {%- set after = "(?i)^(\\s*\\d+[a-z]?\\s+" ~ name ~ "\\.?\\s+)" ~ direction ~ "(\\W|$)" -%}
        {%- do lines.append(
            "regexp_replace(regexp_replace(" ~ line ~ ", '" ~ before ~ "', '\\1dir\\2\\3\\4\\5\\6\\7 \\8'), '"
            ~ after ~ "', '\\1dir\\2\\3\\4\\5\\6\\7\\8')"
        ) -%}
    {%- endfor -%}
    case when upper({{ country }}) in ('US', 'CA') then {{ lines[0] }} else {{ lines[1] }} end
{%- endmacro %}
