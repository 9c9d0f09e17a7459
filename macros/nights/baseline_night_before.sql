{#- The latest baseline night before a night: what was computed on a Sunday is used from Monday on. -#}
{% macro baseline_night_before(night='night') -%}
    ({{ night }} - 1 - cast(({{ night }} - 1 - date '2000-01-02') % 7 as integer))
{%- endmacro %}
