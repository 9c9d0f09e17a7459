{#-
    The objects of one type behind a fire, as an aggregate: 'type:id' for each distinct id that is known, the first 200
    by id. A crowd of thousands is shown by its first members; the numbers count all of them.
-#}
{% macro capped_objects(object_type, id) -%}
    coalesce(
        list_sort(list(distinct '{{ object_type }}:' || {{ id }}) filter (
            where {{ id }} is not null
        ))[:200],
        []
    )
{%- endmacro %}
