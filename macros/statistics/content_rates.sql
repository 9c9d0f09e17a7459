{#-
    What tells an audience from a counter, from sums of `counts` (views, watch_ms, product_clicks, new_account_7d_events,
    known_account_events, all with the same `suffix`) and the content's length: watch_ratio, click_log (log
    of clicks by views, one added to each) and new_account_share; each rounded once, null when it cannot be said.
-#}
{% macro content_rates(counts, duration_ms, suffix='') -%}
    cast(round(
        cast({{ counts }}.watch_ms{{ suffix }} as double) / nullif({{ counts }}.views{{ suffix }} * {{ duration_ms }}, 0), 6
    ) as decimal(18, 6)) as watch_ratio,
    {{ click_log(counts ~ '.product_clicks' ~ suffix, counts ~ '.views' ~ suffix) }} as click_log,
    cast(round(
        cast({{ counts }}.new_account_7d_events{{ suffix }} as double) / nullif({{ counts }}.known_account_events{{ suffix }}, 0), 6
    ) as decimal(12, 6)) as new_account_share
{%- endmacro %}
