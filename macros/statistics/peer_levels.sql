{#-
    Every member of `members` once for each level of its peer group, with the group's name there (`level_group`): level 0
    is category, region, tenure and volume; 1 leaves out volume; 2 tenure; 3 is the category alone; 4 everybody.
-#}
{% macro peer_levels(members) -%}
    select
        *,
        case pg_level
            when 0 then peer_group
            when 1 then concat_ws('|', category_l1, region, tenure_bucket)
            when 2 then concat_ws('|', category_l1, region)
            when 3 then category_l1
            else 'all'
        end as level_group
    from (select *, unnest([0, 1, 2, 3, 4]) as pg_level from {{ members }}) as levelled
{%- endmacro %}
