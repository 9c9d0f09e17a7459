{#- True when the model's table stands and is to be kept: a run then replaces its nights and leaves the others. -#}
{% macro holds_past() -%}
    {%- if model.config.materialized == 'cluster_nights' -%}
        {{ return(load_relation(this) is not none and not should_full_refresh()) }}
    {%- endif -%}
    {{ return(is_incremental()) }}
{%- endmacro %}
