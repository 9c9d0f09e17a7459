"""The analysis that explains a cluster, on chains laid out by hand."""

from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from jinja2 import Template

ANALYSIS = Path(__file__).parents[2] / "analyses" / "what_connects_two_parties.sql"
CHOSEN = "chosen as (\n    select '{}' as first_party, '{}' as second_party\n),\n"


def chain(first: str, second: str, links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """From whom to whom each hop leads; everybody linked to a-0 is of its cluster."""
    sql = Template(ANALYSIS.read_text(encoding="utf-8")).render(ref=lambda name: name)
    start, end = sql.index("chosen as ("), sql.index("-- no chain within")
    sql = sql[:start] + CHOSEN.format(first, second) + sql[end:]
    both = sorted({*links, *((b, a) for a, b in links)})
    with duckdb.connect() as connection:
        connection.execute(
            "create table int_identity_joins "
            "(from_party varchar, to_party varchar, shared varchar, joined_on date)"
        )
        connection.executemany(
            "insert into int_identity_joins values (?, ?, 'device', date '2026-01-01')", both
        )
        connection.execute(
            "create table mart_identity_chains as "
            "select distinct split_part(from_party, ':', 1) as party_type, "
            "split_part(from_party, ':', 2) as party_id, "
            "case when from_party like '%:a-%' then 'user:a-0' else 'user:b-0' end as cluster_id, "
            "null as hops from int_identity_joins"
        )
        connection.execute(
            "create table int_identity_links "
            "(party_a varchar, party_b varchar, identifier varchar, holders integer)"
        )
        rows = connection.execute(sql).fetchall()
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    return [(row[1], row[3]) for row in rows]


def line(name: str, parties: int) -> list[tuple[str, str]]:
    return [(f"user:{name}-{i}", f"user:{name}-{i + 1}") for i in range(parties - 1)]


@pytest.mark.parametrize(("first", "second"), [(0, 999), (999, 0), (400, 1)])
def test_the_ends_of_a_chain_of_a_thousand(first: int, second: int) -> None:
    """Every party between them is named once, in order."""
    step = 1 if first < second else -1
    between = [f"user:a-{i}" for i in range(first, second + step, step)]
    hops = list(pairwise(between))
    assert chain(f"user:a-{first}", f"user:a-{second}", line("a", 1000)) == hops


def test_the_shortest_of_two_ways() -> None:
    """Along the line from 0 to 5 it is five hops, over the seller two."""
    links = [*line("a", 6), ("seller:a-shop", "user:a-0"), ("seller:a-shop", "user:a-5")]
    hops = [("user:a-0", "seller:a-shop"), ("seller:a-shop", "user:a-5")]
    assert chain("user:a-0", "user:a-5", links) == hops


def test_nothing_connects_two_clusters() -> None:
    links = line("a", 5) + line("b", 5)
    assert chain("user:a-0", "user:b-4", links) == []
