{#-
    Union of what sources show: (source, whose, identifier type, column of the identifier, column of the event time).
    A source is a staging model or a CTE; whose is a kind of party, with the column of its id where that is
    not <kind>_id (`user: buyer_user_id`), or `party` where the row says which. An empty text is no identifier.
-#}
{% macro sighting_rows(sightings) -%}
    {%- for source, party, identifier_type, column, event_at in sightings %}
    select
        {% if party == 'party' -%}
        party_type,
        party_id,
        {%- else -%}
        {% set kind, id = (party ~ ':' ~ party ~ '_id').split(':')[:2] -%}
        '{{ kind }}' as party_type,
        {{ id | trim }} as party_id,
        {%- endif %}
        '{{ identifier_type }}' as identifier_type,
        {{ column }} as identifier,
        night,
        {{ event_at }} as first_event_at
    from {{ ref(source) if source.startswith('stg_') else source }}
    where {{ column }} != '' and {{ in_range('night') }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
