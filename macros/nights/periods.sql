{#-
    The rows of a change log (`relation`: one row per `key` and night on which it changed) with `until_night`, the night of the
    next change: the state as of night D is the row with night <= D and (until_night > D or null). `within` is a CTE that
    holds the keys wanted.
-#}
{% macro periods(relation, key, within) -%}
    select
        *,
        lead(night) over (partition by {{ key }} order by night) as until_night
    from {{ relation }}
    where
        night <= {{ to_night() }}
        and {{ key }} in (select {{ key }} from {{ within }})
{%- endmacro %}
