{#-
    Pairs that nothing but chance put together, as a null for pairs that belong together: `members` is a CTE with graph,
    member and team; the members of a graph stand in a ring in an order given by a hash of graph and member, and each is
    paired with those of the next `steps` places that are not of its team (no team is nobody's team). Returns graph and
    member_a < member_b, each pair once; at most steps pairs a member, the same rows give the same pairs.
-#}
{% macro pairs_by_chance(members, steps) -%}
    with ring as (
        select
            *,
            count(*) over (partition by graph) as places,
            row_number() over (
                partition by graph order by md5(concat_ws('|', graph, member)), member
            ) as place
        from {{ members }}
    )

    select distinct
        one.graph,
        least(one.member, other.member) as member_a,
        greatest(one.member, other.member) as member_b
    from ring as one
    cross join range(1, {{ steps }} + 1) as steps (step)
    inner join ring as other
        on
            one.graph = other.graph
            and (one.place + steps.step - 1) % one.places + 1 = other.place
    where
        one.member != other.member
        and coalesce(one.team != other.team, true)
{%- endmacro %}
