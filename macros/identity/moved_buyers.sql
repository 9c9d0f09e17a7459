{#- The buyers whose cluster changed in the run's nights: one row per buyer_user_id. Their history moves with them. -#}
{% macro moved_buyers() -%}
    select distinct party_id as buyer_user_id
    from {{ ref('int_cluster_members') }}
    where party_type = 'user' and {{ in_range('night') }}
{%- endmacro %}
