{#-
    For each peer group of `placed` (see peer_levels), and for everybody ('all'), the row of `groups` that answers for it: the
    finest level that has a row and where `speaks` holds; everybody answers in any case.
-#}
{% macro peer_answers(placed, groups, speaks) -%}
    select
        wanted.peer_group,
        {{ groups }}.*
    from (
        select distinct entity_type, measure, peer_group, pg_level, level_group, night
        from {{ placed }}
        union
        select distinct entity_type, measure, 'all', 4, 'all', night
        from {{ placed }}
    ) as wanted
    inner join {{ groups }}
        on wanted.entity_type = {{ groups }}.entity_type
        and wanted.measure = {{ groups }}.measure
        and wanted.pg_level = {{ groups }}.pg_level
        and wanted.level_group = {{ groups }}.level_group
        and wanted.night = {{ groups }}.night
    where {{ groups }}.{{ speaks }} or {{ groups }}.pg_level = 4
    qualify row_number() over (
        partition by wanted.entity_type, wanted.measure, wanted.peer_group, wanted.night
        order by {{ groups }}.pg_level
    ) = 1
{%- endmacro %}
