{#- The calling code of a country or region, digits only; null where we know none. -#}
{% macro calling_code(country) -%}
    case upper({{ country }})
        {%- for code, calling in calling_codes().items() %}
        when '{{ code }}' then '{{ calling }}'
        {%- endfor %}
    end
{%- endmacro %}
