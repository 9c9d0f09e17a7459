{#-
    What a graph looks like when nobody chooses whom to trade with: `trades` (graph, trade_id, actor, target, stratum)
    as they are (shuffle 0), and as often as the expression `shuffles` says with their targets dealt out anew among the
    trades of one graph and stratum, in an order given by a hash of the shuffle's number. Every actor and every target
    keeps its trades; the same rows give the same deal.
-#}
{% macro shuffled_trades(trades, shuffles) -%}
    with dealt as (
        select
            *,
            row_number() over (
                partition by graph, stratum order by trade_id
            ) as place
        from {{ trades }}
    ),

    copies as (
        select
            *,
            unnest(range(1, cast({{ shuffles }} as bigint) + 1)) as shuffle
        from dealt
    ),

    new_places as (
        select
            *,
            row_number() over (
                partition by graph, stratum, shuffle
                order by md5(shuffle || '|' || trade_id), trade_id
            ) as new_place
        from copies
    )

    select
        graph,
        0 as shuffle,
        trade_id,
        actor,
        target,
        stratum
    from {{ trades }}
    union all
    select
        new_places.graph,
        new_places.shuffle,
        new_places.trade_id,
        new_places.actor,
        dealt.target,
        new_places.stratum
    from new_places
    inner join dealt
        on
            new_places.graph = dealt.graph
            and new_places.stratum is not distinct from dealt.stratum
            and new_places.new_place = dealt.place
{%- endmacro %}
