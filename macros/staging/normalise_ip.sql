{#-
    One spelling per network address: lower case, IPv6 in eight groups without leading zeros, IPv4 inside IPv6 as IPv4.
    2001:0DB8::1 = 2001:db8:0:0:0:0:0:1, ::ffff:192.0.2.7 = 192.0.2.7
-#}
{% macro normalise_ip(ip) -%}
    {%- set address = 'lower(trim(' ~ ip ~ '))' -%}
    case
        when {{ address }} like '%.%' then regexp_extract({{ address }}, '[0-9]+(\.[0-9]+)+$')
        when {{ address }} like '%:%'
            then substr(
                regexp_replace(
                    ':' || trim(
                        replace(
                            {{ address }},
                            '::',
                            ':' || repeat('0:', 8 - len(regexp_extract_all({{ address }}, '[0-9a-f]+')))
                        ),
                        ':'
                    ),
                    ':0+([0-9a-f])', ':\1', 'g'
                ),
                2
            )
    end
{%- endmacro %}
