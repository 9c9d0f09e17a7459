{#-
    Materialization of int_cluster_members. The model's query gives the range's new parties, each a cluster of its own;
    the nights of the range are then run one after the other, because today's clusters depend on yesterday's. All of
    it is one transaction: a killed run leaves what was there.
-#}
{% materialization cluster_nights, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {{ run_hooks(pre_hooks) }}
    {% if holds_past() %}
        {% call statement('main') -%}
            delete from {{ target }} where {{ in_range('night') }};
            insert into {{ target }} by name {{ sql }}
        {%- endcall %}
    {% else %}
        {% call statement('main') -%}
            create or replace table {{ target }} as {{ sql }}
        {%- endcall %}
    {% endif %}
    {%- set parties, edges = ref('int_parties'), ref('int_identity_edges') -%}
    {%- for row in run_query(cluster_changed_nights(edges, from_night(), to_night())).rows -%}
        {%- do cluster_night(target, parties, edges, night_literal(row[0])) -%}
    {%- endfor -%}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}
