{#-
    One night of the clusters: what its edges join and part, written as rows of the change log. Statements that need no
    answer go to the database together: dbt's own time for each is longer than theirs.
-#}
{% macro cluster_night(members, parties, edges, night) -%}
    {%- do cluster_rounds([
        cluster_links(parties, edges, night),
        cluster_touched(members, night),
        cluster_opened(members, night),
        cluster_edges(edges, night),
        cluster_parents_none(),
    ] | join(';') ~ ';') -%}
    {%- do run_query([
        cluster_moves(members, night),
        cluster_forget(members, night),
        cluster_write(members, parties, night),
    ] | join(';')) -%}
{%- endmacro %}
