{#- Whether expensive things are computed on a night: every 7th by the calendar, a Sunday, whatever the run. -#}
{% macro is_baseline_night(night='night') -%}
    ({{ night }} - date '2000-01-02') % 7 = 0
{%- endmacro %}
