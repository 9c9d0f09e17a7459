{#-
    Counts at-least-once delivery once: of the rows of `cte` with one `key`, the first to arrive (ties: smallest
    ingested_at, then smallest row hash), unless an earlier night has brought the key already.
-#}
{% macro first_delivery(cte, key) -%}
    select *
    from {{ cte }}
    {%- if is_incremental() %}
    where not exists (
        select 1
        from {{ this }} as earlier
        where earlier.night < {{ from_night() }}
            {%- for column in key %}
            and earlier.{{ column }} = {{ cte }}.{{ column }}
            {%- endfor %}
    )
    {%- endif %}
    qualify row_number() over (
        partition by {{ key | join(', ') }}
        order by night, ingested_at, row_hash
    ) = 1
{%- endmacro %}
