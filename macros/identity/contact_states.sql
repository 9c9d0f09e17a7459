{#-
    Union of what versions say: (CTE of states, kind of party, column of its opening, identifier type, identifier). One row
    per party, type and state, with a null identifier where the version has none.
-#}
{% macro contact_states(contacts) -%}
    {%- for source, party, opened_at, identifier_type, identifier in contacts %}
    select
        '{{ party }}' as party_type,
        {{ party }}_id as party_id,
        '{{ identifier_type }}' as identifier_type,
        {{ identifier }} as identifier,
        night,
        {{ opened_at }} as opened_at,
        ingested_at
    from {{ source }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
