{#-
    Union of what sources show: (source, whose, identifier type, column of the identifier, column of the event time).
    A source is a staging model or a CTE; whose is a kind of party, or `party` where the row says which.
-#}
{% macro sighting_rows(sightings) -%}
    {%- for source, party, identifier_type, column, event_at in sightings %}
    select
        {% if party == 'party' -%}
        party_type,
        party_id,
        {%- else -%}
        '{{ party }}' as party_type,
        {{ party }}_id as party_id,
        {%- endif %}
        '{{ identifier_type }}' as identifier_type,
        {{ column }} as identifier,
        night,
        {{ event_at }} as first_event_at
    from {{ ref(source) if source.startswith('stg_') else source }}
    where {{ column }} is not null and {{ in_range('night') }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
