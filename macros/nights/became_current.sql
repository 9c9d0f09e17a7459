{#-
    Of the versions in `cte`, those that were the current one (highest record_seq) at the end of the night they
    arrived: one row per key and night on which the entity's state changed. A version that arrives after a newer one
    never was current and drops out. `cte` must hold every version of its keys up to the last night of the range.
-#}
{% macro became_current(cte, key) -%}
    select *
    from {{ cte }}
    qualify record_seq = max(record_seq) over (
        partition by {{ key | join(', ') }}
        order by night
        range between unbounded preceding and current row
    )
{%- endmacro %}
