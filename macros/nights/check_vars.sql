{#- Refuses a variable nobody reads and a night that is no date, with one line that says what to do. -#}
{% macro check_vars() -%}
    {%- set known = ['from_night', 'to_night'] -%}
    {%- for name in invocation_args_dict.get('vars', {}) -%}
        {%- if name not in known -%}
            {%- do exceptions.raise_compiler_error(
                "unknown variable '" ~ name ~ "': this project knows " ~ known | join(' and ')
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for name in known if var(name, none) is not none -%}
        {%- if not modules.re.match('^\d{4}-\d{2}-\d{2}$', var(name) | string) -%}
            {%- do exceptions.raise_compiler_error(
                "variable '" ~ name ~ "' is '" ~ var(name) ~ "': give a night as YYYY-MM-DD"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
