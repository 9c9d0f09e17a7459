{#- The network an address lies in: /24 for IPv4, the first three groups (/48) for IPv6. -#}
{% macro ip_prefix(ip) -%}
    case
        when {{ ip }} like '%:%' then array_to_string(string_split({{ ip }}, ':')[1:3], ':')
        else array_to_string(string_split({{ ip }}, '.')[1:3], '.')
    end
{%- endmacro %}
