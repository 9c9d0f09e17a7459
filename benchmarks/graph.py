"""``make bench-graph``: identity clustering at scale, in the project's own SQL, against scipy.

Usage: ``python -m benchmarks.graph [--sizes 1000000 5000000] [--links-per-party 2]``. Each
measurement runs in a process of its own, which prints its seconds and its peak memory:

* scipy: the components of the links, from arrays in memory (the sparse matrix included);
* components: the contraction loop of macros/identity on the same links, as numbers;
* first night: all links arrive in one night, as the warehouse holds them (parties, edges and the
  change log of members are tables with text keys), from nothing to the written change log;
* the same by scipy: it finds the components of that night in place of the loop, between the same
  tables, so that it too is fed from text keys and written back;
* next night: 10,000 more links between random parties, on top of the first.

Every partition is compared with scipy's; one difference is exit code 1.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

EDGES = Path(__file__).parent / "graph_edges.sql"
NEW_LINKS = 10_000
MEMORY = os.environ.get("RISK_MEMORY_LIMIT") or "8GB"
FIRST, NEXT = "date '2026-01-01'", "date '2026-01-02'"
FIRST_NUMBER = 20260101000000001


def connect(database: Path | str = ":memory:") -> duckdb.DuckDBPyConnection:
    """A connection with the settings of profiles.yml."""
    connection = duckdb.connect(str(database))
    connection.execute(f"set memory_limit = '{MEMORY}'")
    connection.execute("set threads = 2")
    connection.execute("set preserve_insertion_order = false")
    return connection


def write_edges(work: Path, parties: int, links: int) -> int:
    """The links of the first night and those of the next, as Parquet; how many the first has."""
    with connect() as connection:
        # one in five is drawn twice, or ties a party to itself, and falls away
        sql = EDGES.read_text(encoding="utf-8").format(parties=parties, links=links * 5 // 4)
        connection.execute(f"copy ({sql}) to '{work}/first.parquet'")
        connection.execute(
            "copy (select distinct greatest(a, b)::bigint as node, least(a, b)::bigint as older "
            f"from (select hash(range, 'c') % {parties} as a, hash(range, 'd') % {parties} as b "
            f"from range({NEW_LINKS})) where a != b) to '{work}/next.parquet'"
        )
        return connection.execute(f"select count(*) from '{work}/first.parquet'").fetchall()[0][0]


def scipy_step(work: Path, parties: int) -> dict[str, Any]:
    """Components by scipy, of the first night's links and of both nights'."""
    import scipy.sparse.csgraph  # noqa: F401  # not in its time

    seconds: dict[str, tuple[float, float]] = {}
    with connect() as connection:
        for name, files in (("first", ["first"]), ("next", ["first", "next"])):
            paths = ", ".join(f"'{work}/{file}.parquet'" for file in files)
            found = connection.execute(f"select node, older from read_parquet([{paths}])")
            edges = found.fetchnumpy()
            watch = Watch()
            labels = scipy_labels(edges["node"], edges["older"], parties)
            seconds[name] = watch.read()
            connection.register("found", named_by_oldest(labels))
            connection.execute(f"copy (from found) to '{work}/scipy_{name}.parquet'")
    return {"time": seconds["first"]}


def scipy_labels(node: Any, older: Any, parties: int) -> Any:
    """The number of each party's component."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(node), dtype=np.int8)
    matrix = coo_matrix((ones, (node, older)), (parties, parties))
    return connected_components(matrix.tocsr(), directed=False)[1]


def named_by_oldest(labels: Any) -> dict[str, Any]:
    """Components named by their oldest party, as the warehouse does: columns node and cluster."""
    import numpy as np

    oldest = np.full(labels.max() + 1, len(labels), dtype=np.int64)
    np.minimum.at(oldest, labels, np.arange(len(labels)))
    return {"node": np.arange(len(labels)), "cluster": oldest[labels]}


def components_step(work: Path, parties: int) -> dict[str, Any]:
    """Components by the contraction loop, on numbers."""
    from tests.helpers.cluster_nights import ClusterNights

    with connect(work / "components.duckdb") as connection:
        connection.execute(
            f"create temp table cluster_edges as from read_parquet('{work}/first.parquet')"
        )
        watch = Watch()
        ClusterNights(connection, "", "", "").components()
        taken = watch.read()
        wrong = differing(
            connection,
            f"select range as node, coalesce(parent, range) as cluster from range({parties}) "
            "left join cluster_parents on range = node",
            work / "scipy_first.parquet",
        )
    return {"time": taken, "wrong": wrong}


def nights_step(work: Path, parties: int) -> dict[str, Any]:
    """Both nights as the warehouse runs them, on tables with text keys."""
    from tests.helpers.cluster_nights import ClusterNights

    return run_nights(work, parties, ClusterNights, {"first": FIRST, "next": NEXT})


def scipy_night_step(work: Path, parties: int) -> dict[str, Any]:
    """The first night with scipy in place of the contraction loop."""
    import scipy.sparse.csgraph  # noqa: F401  # not in its time

    from tests.helpers.cluster_nights import ClusterNights

    class ScipyNights(ClusterNights):
        def components(self) -> None:
            edges = self.connection.execute(
                f"select node - {FIRST_NUMBER} as node, older - {FIRST_NUMBER} as older "
                "from cluster_edges"
            ).fetchnumpy()
            labels = scipy_labels(edges["node"], edges["older"], parties)
            self.connection.register("found", named_by_oldest(labels))
            self.connection.execute(
                f"create temp table cluster_parents as select node + {FIRST_NUMBER} as node, "
                f"cluster + {FIRST_NUMBER} as parent from found where node != cluster"
            )

    return run_nights(work, parties, ScipyNights, {"first": FIRST})


def run_nights(work: Path, parties: int, kind: Any, dates: dict[str, str]) -> dict[str, Any]:
    """Nights on a new database: their seconds, and how many parties differ from scipy's."""
    key = "'user:U' || lpad({}::varchar, 9, '0')"
    result: dict[str, Any] = {}
    with connect(work / f"{kind.__name__}.duckdb") as connection:
        connection.execute(
            f"create table parties as select {key.format('range')} as party_key, "
            "'user' as party_type, substr(party_key, 6) as party_id, "
            f"{FIRST_NUMBER} + range as party_number, {FIRST} as night "
            f"from range({parties}) order by range"
        )
        connection.execute(
            "create table members as select party_key as cluster_id, party_key, party_type, "
            "party_id, party_number as cluster_number, party_number, night from parties"
        )
        connection.execute("create table edges (party_a varchar, party_b varchar, night date)")
        connection.execute("alter table edges add column is_joined boolean default true")
        connection.execute("alter table edges add column decision varchar")
        nights = kind(connection, "members", "parties", "edges")
        for name, night in dates.items():
            connection.execute(
                f"insert into edges by name select {key.format('older')} as party_a, "
                f"{key.format('node')} as party_b, {night} as night "
                f"from read_parquet('{work}/{name}.parquet')"
            )
            connection.execute("checkpoint")
            watch = Watch()
            connection.execute("begin")
            nights.night(night)
            connection.execute("commit")
            result[f"time_{name}"] = watch.read()
            result[f"wrong_{name}"] = differing(
                connection,
                "select substr(party_key, 7)::bigint as node, "
                "substr(max_by(cluster_id, night), 7)::bigint as cluster "
                "from members group by party_key",
                work / f"scipy_{name}.parquet",
            )
            result[f"peak_{name}"] = peak_gib()
    return result


def differing(connection: duckdb.DuckDBPyConnection, clusters: str, truth: Path) -> int:
    """How many parties are in another cluster than scipy says."""
    return connection.execute(
        f"select count(*) from ({clusters}) as ours full join '{truth}' as theirs using (node) "
        "where ours.cluster is distinct from theirs.cluster"
    ).fetchall()[0][0]


class Watch:
    """Seconds by the clock, and seconds that a core worked: on a busy machine they differ."""

    def __init__(self) -> None:
        self.began = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Seconds since it was made: by the clock, of processor time."""
        return time.perf_counter() - self.began[0], time.process_time() - self.began[1]


def peak_gib() -> float:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


STEPS = {
    "scipy": scipy_step,
    "components": components_step,
    "nights": nights_step,
    "scipy night": scipy_night_step,
}


def run_step(step: str, work: Path, parties: int) -> dict[str, Any]:
    """Run one measurement in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.graph", "--step", step, "--work", str(work)]
    done = subprocess.run(
        [*command, "--sizes", str(parties)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{step} failed:\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout)


def machine() -> str:
    """The machine, in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    cpu = next((line.split(": ", 1)[1] for line in lines if line.startswith("model name")), "cpu")
    return (
        f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__} "
        f"(memory_limit {MEMORY}), load {os.getloadavg()[0]:.1f}"
    )


def measure(parties: int, links: int) -> bool:
    """Print one size's table; whether every partition was scipy's."""
    with tempfile.TemporaryDirectory(prefix="bench-graph-") as folder:
        work = Path(folder)
        links = write_edges(work, parties, links)
        theirs = run_step("scipy", work, parties)
        ours = run_step("components", work, parties)
        nights = run_step("nights", work, parties)
        by_scipy = run_step("scipy night", work, parties)
    rows = [
        ("scipy, all links", theirs["time"], theirs["peak"], 0),
        ("components, all links", ours["time"], ours["peak"], ours["wrong"]),
        ("first night, all links", nights["time_first"], nights["peak_first"],
         nights["wrong_first"]),
        ("the same by scipy", by_scipy["time_first"], by_scipy["peak_first"],
         by_scipy["wrong_first"]),
        (f"next night, {NEW_LINKS:,} links", nights["time_next"], nights["peak_next"],
         nights["wrong_next"]),
    ]  # fmt: skip
    print(f"{parties:,} parties, {links:,} links")
    heads = ("seconds", "core s", "of scipy", "peak GiB", "differ")
    print("  " + " " * 28 + "".join(f"{head:>10}" for head in heads))
    for name, (seconds, cpu), peak, wrong in rows:
        ratio = f"{seconds / theirs['time'][0]:.1f}x"
        print(f"  {name:28}{seconds:10.2f}{cpu:10.2f}{ratio:>10}{peak:10.2f}{wrong:10}", flush=True)
    return not any(wrong for *_, wrong in rows)


def main() -> int:
    """Measure every size; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.graph", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000_000, 5_000_000])
    parser.add_argument("--links-per-party", type=int, default=2)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        result = STEPS[given.step](given.work, given.sizes[0])
        print(json.dumps(result | {"peak": peak_gib()}))
        return 0
    print(machine())
    same = [measure(parties, parties * given.links_per_party) for parties in given.sizes]
    if not all(same):
        print("bench    some parties are not where scipy puts them", file=sys.stderr)
    return not all(same)


if __name__ == "__main__":
    sys.exit(main())
