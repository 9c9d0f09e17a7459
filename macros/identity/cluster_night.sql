{#-
    One night of the clusters: what its edges join and part, written as rows of the change log. Statements that need no
    answer go to the database together: dbt's own time for each is longer than theirs.
-#}
{% macro cluster_night(members, parties, edges, night) -%}
    {%- do cluster_rounds([
        cluster_touched(members, edges, night),
        cluster_opened(members, edges, night),
        cluster_joins(edges, night),
        cluster_pieces(parties),
        cluster_edges(),
        cluster_parents_none(),
    ] | join(';') ~ ';') -%}
    {%- do cluster_flatten('cluster_parents') -%}
    {%- do run_query([
        cluster_moves(members, night),
        cluster_forget(members, night),
        cluster_write(members, night),
    ] | join(';')) -%}
{%- endmacro %}
