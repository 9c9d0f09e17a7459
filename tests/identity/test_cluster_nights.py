"""Clusters night by night are the connected parties of each night, and explain every change."""

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta

import duckdb
import pytest

from tests.helpers.cluster_nights import ClusterNights

FIRST = date(2026, 1, 1)


def night(number: int) -> str:
    return str(FIRST + timedelta(days=number))


class World:
    """Parties and edges in a database of their own, and the clusters made of them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.parties: list[str] = []
        self.edges: list[str] = []
        connection.execute(
            "create table arrivals (party_key varchar, party_type varchar, party_id varchar, "
            "night date, first_event_at timestamp)"
        )
        connection.execute(
            "create view parties as select *, row_number() over "
            "(order by night, first_event_at, party_key) as party_number from arrivals"
        )
        connection.execute(
            "create table edges (party_a varchar, party_b varchar, is_joined boolean, "
            "decision varchar, night date)"
        )
        connection.execute(
            "create table members (cluster_id varchar, party_key varchar, party_type varchar, "
            "party_id varchar, cluster_number bigint, party_number bigint, night date)"
        )
        self.clusters = ClusterNights(connection, "members", "parties", "edges")

    def party(self, name: str, arrived: int, opened: int = 0) -> None:
        at = f"timestamp '{FIRST - timedelta(days=900 - opened)}'"
        self.parties.append(f"('user:{name}', 'user', '{name}', date '{night(arrived)}', {at})")

    def edge(
        self, a: str, b: str, on: int, is_joined: bool = True, decision: str | None = None
    ) -> None:
        low, high = sorted((f"user:{a}", f"user:{b}"))
        decided = f"'{decision}'" if decision else "null"
        self.edges.append(f"('{low}', '{high}', {is_joined}, {decided}, date '{night(on)}')")

    def _arrive(self) -> None:
        for table, rows in (("arrivals", self.parties), ("edges", self.edges)):
            if rows:
                self.connection.execute(f"insert into {table} values {', '.join(rows)}")
                rows.clear()

    def run(self, start: int, end: int) -> None:
        """What the materialization does for a range of nights."""
        self._arrive()
        between = f"between date '{night(start)}' and date '{night(end)}'"
        self.connection.execute(f"delete from members where night {between}")
        self.connection.execute(
            "insert into members by name select party_key as cluster_id, party_key, party_type, "
            "party_id, party_number as cluster_number, party_number, night "
            f"from parties where night {between}"
        )
        self.clusters.run(night(start), night(end))

    def log(self) -> list[tuple[str, ...]]:
        return self.connection.execute("select * from members order by all").fetchall()

    def members(self, on: int) -> dict[str, str]:
        """Which cluster each party is in as of a night."""
        rows = self.connection.execute(
            "select party_key, max_by(cluster_id, night) from members where night <= ? group by 1",
            [night(on)],
        ).fetchall()
        return {party[5:]: cluster[5:] for party, cluster in rows}

    def expected(self, on: int) -> dict[str, str]:
        """The same from the edges in force that night, by a search that knows no past."""
        order = [
            key
            for (key,) in self.connection.execute(
                "select party_key from parties where night <= ? "
                "order by night, first_event_at, party_key",
                [night(on)],
            ).fetchall()
        ]
        joined = self.connection.execute(
            "select party_a, party_b from edges where night <= ? group by all "
            "having max_by(is_joined, night)",
            [night(on)],
        ).fetchall()
        neighbours: dict[str, list[str]] = {key: [] for key in order}
        for a, b in joined:
            neighbours[a].append(b)
            neighbours[b].append(a)
        found: dict[str, str] = {}
        for oldest in order:
            stack = [] if oldest in found else [oldest]
            while stack:
                key = stack.pop()
                if key not in found:
                    found[key] = oldest
                    stack += neighbours[key]
        return {key[5:]: cluster[5:] for key, cluster in found.items()}


@pytest.fixture
def world() -> Iterator[World]:
    with duckdb.connect() as connection:
        yield World(connection)


def crowd(world: World, seed: int, nights: int = 12, parties: int = 150) -> None:
    """Parties that arrive at random, are joined at random, and are parted now and then."""
    generator = random.Random(seed)
    arrived = {}
    for number in range(parties):
        arrived[f"p{generator.randrange(10**6)}-{number}"] = generator.randrange(nights)
    for name, on in arrived.items():
        world.party(name, on, opened=generator.randrange(3))
    names, joined = list(arrived), {}
    for _ in range(parties):
        a, b = generator.sample(names, 2)
        on = generator.randrange(max(arrived[a], arrived[b]), nights)
        if frozenset((a, b)) not in joined:
            joined[frozenset((a, b))] = on
            world.edge(a, b, on)
    for pair, on in joined.items():
        if generator.random() < 0.15 and on + 1 < nights:
            world.edge(*pair, generator.randrange(on + 1, nights), False, "part")


@pytest.mark.parametrize("seed", range(6))
def test_clusters_are_the_connected_parties_of_every_night(world: World, seed: int) -> None:
    """Against a search from nothing, night by night, with partings among the joins."""
    crowd(world, seed)
    world.run(0, 11)
    for on in range(12):
        assert world.members(on) == world.expected(on)


@pytest.mark.parametrize("seed", range(3))
def test_any_chunks_and_reruns_give_the_same_log(world: World, seed: int) -> None:
    """One pass, night by night, and old nights again write the same rows."""
    crowd(world, seed)
    world.run(0, 11)
    whole = world.log()
    world.connection.execute("delete from members")
    for on in range(12):
        world.run(on, on)
    assert world.log() == whole
    world.run(3, 6)
    world.run(8, 8)
    assert world.log() == whole


def test_a_party_has_one_row_a_night_and_a_night_changes_something(world: World) -> None:
    """No row repeats the cluster of the row before it."""
    crowd(world, seed=9)
    world.run(0, 11)
    repeated, idle = world.connection.execute(
        """
        select
            count(*) - count(distinct (party_key, night)),
            count(*) filter (where cluster_id = before)
        from (
            select
                *,
                lag(cluster_id) over (partition by party_key order by night) as before
            from members
        )
        """
    ).fetchall()[0]
    assert (repeated, idle) == (0, 0)


def test_a_cluster_is_named_by_its_oldest_party_by_arrival_then_event_then_key(
    world: World,
) -> None:
    """An account opened long ago that arrives today is young: it takes nothing over."""
    world.party("old", arrived=0, opened=5)
    world.party("same-night-older", arrived=0, opened=1)
    world.party("late-but-opened-first", arrived=2, opened=0)
    world.edge("old", "late-but-opened-first", 2)
    world.edge("same-night-older", "late-but-opened-first", 4)
    world.run(0, 5)
    assert world.members(1) == {"old": "old", "same-night-older": "same-night-older"}
    assert set(world.members(3).values()) == {"old", "same-night-older"}
    assert world.members(3)["late-but-opened-first"] == "old"
    assert set(world.members(4).values()) == {"same-night-older"}


@pytest.mark.parametrize("shuffled", [False, True])
def test_a_chain_of_a_thousand_accounts_is_one_cluster(world: World, shuffled: bool) -> None:
    """However long the chain and whatever the order of its links, on one night."""
    names = [f"{number:04}" for number in range(1000)]
    if shuffled:
        random.Random(3).shuffle(names)
    for name in names:
        world.party(name, arrived=0)
    for a, b in itertools.pairwise(names):
        world.edge(a, b, 1)
    world.run(0, 1)
    assert set(world.members(0).values()) == set(names)
    assert set(world.members(1).values()) == {"0000"}


def test_a_parting_leaves_what_other_links_hold(world: World) -> None:
    """a-b-c-d, with a-c beside: parting a and b leaves all joined; parting c and d does not."""
    for number, name in enumerate("abcd"):
        world.party(name, arrived=0, opened=number)
    for a, b in ("ab", "bc", "cd", "ac"):
        world.edge(a, b, 1)
    world.edge("a", "b", 2, False, "part")
    world.edge("c", "d", 3, False, "part")
    world.edge("c", "d", 5, True, "join")
    world.run(0, 5)
    assert world.members(2) == dict.fromkeys("abcd", "a")
    assert world.members(3) == {"a": "a", "b": "a", "c": "a", "d": "d"}
    assert world.members(5) == dict.fromkeys("abcd", "a")


def test_a_join_taken_back_leaves_what_links_hold(world: World) -> None:
    """An analyst's joins of a and b and of b and c: the first alone held a, links hold b and c."""
    for number, name in enumerate("abc"):
        world.party(name, arrived=0, opened=number)
    world.edge("a", "b", 1, True, "join")
    world.edge("b", "c", 1, True, "join")
    world.edge("a", "b", 2, False, "withdraw")
    world.edge("b", "c", 3, True, "withdraw")
    world.run(0, 3)
    assert world.members(1) == dict.fromkeys("abc", "a")
    assert world.members(2) == {"a": "a", "b": "b", "c": "b"}
    assert world.members(3) == {"a": "a", "b": "b", "c": "b"}


def test_a_night_parts_and_joins_at_once(world: World) -> None:
    """b leaves a and takes c, which was joined with b, into d's cluster that very night."""
    for number, name in enumerate("dabc"):
        world.party(name, arrived=0, opened=number)
    world.edge("a", "b", 1)
    world.edge("b", "c", 1)
    world.edge("a", "b", 2, False, "part")
    world.edge("d", "c", 2)
    world.run(0, 2)
    assert world.members(1) == {"d": "d", "a": "a", "b": "a", "c": "a"}
    assert world.members(2) == {"a": "a", "b": "d", "c": "d", "d": "d"}
