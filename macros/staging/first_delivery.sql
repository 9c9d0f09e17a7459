{#-
    Counts at-least-once delivery once: of the rows of `cte` with one `key`, the first to arrive (ties: smallest
    ingested_at, then smallest row hash), unless an earlier night has brought the key already. A row whose event lies
    in the 14 nights before its arrival cannot have come earlier than those, so only they are searched; a row with an
    older or a future event is searched for in all nights. That keeps the cost of a night flat.
-#}
{% macro first_delivery(cte, key, event_at) -%}
    select *
    from {{ cte }}
    {%- if is_incremental() %}
    where
        not exists (
            select 1
            from {{ staged_before() }} as earlier
            where
                earlier.night >= {{ from_night() }} - 14
                and earlier.night < {{ from_night() }}
                {%- for column in key %}
                and earlier.{{ column }} = {{ cte }}.{{ column }}
                {%- endfor %}
        )
        and not exists (
            select 1
            from {{ staged_before() }} as earlier
            where
                earlier.night < {{ from_night() }} - 14
                {%- for column in key %}
                and earlier.{{ column }} = {{ cte }}.{{ column }}
                {%- endfor %}
                and not coalesce(
                    {{ cte }}.{{ event_at }} >= {{ cte }}.night - 14
                    and {{ cte }}.{{ event_at }} < {{ cte }}.night + 1,
                    false
                )
        )
    {%- endif %}
    qualify row_number() over (
        partition by {{ key | join(', ') }}
        order by night, ingested_at, row_hash
    ) = 1
{%- endmacro %}
