{#-
    The user accounts of clusters on nights: one row per cluster (`entity_id`), night and `user_id` of `relation`. An account
    that is not known yet is a cluster of its own, user:<id>.
-#}
{% macro accounts_of(relation) -%}
    select
        clusters.entity_id,
        clusters.night,
        members.party_id as user_id
    from {{ relation }} as clusters
    inner join {{ ref('int_cluster_periods') }} as members
        on
            clusters.entity_id = members.cluster_id
            and clusters.night >= members.night
            and clusters.night < coalesce(members.until_night, date '9999-12-31')
    where members.party_type = 'user'
    union
    select
        entity_id,
        night,
        substr(entity_id, 6) as user_id
    from {{ relation }}
    where entity_id like 'user:%'
{%- endmacro %}
