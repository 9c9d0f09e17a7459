{#- The network a normalised address lies in: /24 for IPv4, the first three groups (/48) for IPv6. -#}
{% macro ip_prefix(ip) -%}
    {%- set address = normalise_ip(ip) -%}
    case
        when {{ ip }} like '%.%' then regexp_extract({{ address }}, '^([0-9]+\.){3}')
        else regexp_extract({{ address }}, '^([0-9a-f]+:){3}')
    end
{%- endmacro %}
