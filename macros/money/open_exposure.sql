{#-
    The dated changes of exposure, known by the last night of the run, of the orders that were open in its nights: an order
    whose windows had all closed before the run sums to nothing and is left out.
-#}
{% macro open_exposure() -%}
    select *
    from {{ ref('int_exposure_deltas') }}
    where
        night <= {{ to_night() }}
        and order_id in (
            select open_states.order_id
            from {{ ref('int_exposure_states') }} as open_states
            where
                open_states.night <= {{ to_night() }}
                and open_states.closes_on > {{ from_night() }}
        )
{%- endmacro %}
