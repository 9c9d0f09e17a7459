"""Replays a log through the compiled models, in any chunks of nights, and hashes what comes out.

dbt compiles the project once, with marker dates for the range of the run. A replay substitutes the
dates and runs the SQL itself, which takes milliseconds a model, on a database in which
every table exists and is empty. Real dbt is compared with the replay in test_real_dbt.py.
"""

import copy
import itertools
import json
import pickle
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import duckdb

from tests.helpers.cluster_nights import ClusterNights
from tests.helpers.project import dbt, keep, run

MARKER_FROM, MARKER_TO = "1111-11-11", "2222-02-22"
BUILD = ["build", "--exclude-resource-type", "test", "unit_test"]
INVARIANTS = ("ledger", "exposure")
"""The folders of tests that say what holds of money whatever the log."""
Chunk = tuple[str, str]


@dataclass
class Model:
    """One compiled model: where it lives, how it is materialized and its SQL with marker dates."""

    name: str
    relation: str
    materialized: str
    strategy: str | None
    unique_key: list[str] = field(default_factory=list)
    sql: str = ""
    reads: list[str] = field(default_factory=list)

    def statements(self, start: str, end: str) -> list[str]:
        """The statements that build the model for the nights ``start`` to ``end``, inclusive."""
        if self.materialized == "view":
            return []
        sql = self.sql.replace(MARKER_FROM, start).replace(MARKER_TO, end)
        stage = f"create or replace temp table replayed as {sql}"
        insert = f"insert into {self.relation} by name select * from replayed"
        if self.materialized == "table":
            return [stage, f"delete from {self.relation}", insert]
        if self.strategy == "replace_nights" or self.materialized == "cluster_nights":
            delete = (
                f"delete from {self.relation} where night between date '{start}' and date '{end}'"
            )
            return [stage, delete, insert]
        if self.strategy == "delete+insert" and self.unique_key:
            match = " and ".join(f"replayed.{key} = target.{key}" for key in self.unique_key)
            delete = (
                f"delete from {self.relation} as target "
                f"where exists (select 1 from replayed where {match})"
            )
            return [stage, delete, insert]
        kind = f"{self.materialized} {self.strategy}"
        raise ValueError(f"{self.name}: the replay does not know {kind}")


class Replay:
    """A compiled project over one landing zone.

    Args:
        landing: the landing root.
        work: an empty folder for the state, the compiled project and the databases.
        log: what the landing zone is, if the code alone decides it: what a replay of it comes to
            is then worked out once for the code as it stands.
    """

    def __init__(self, landing: Path, work: Path, log: str | None = None) -> None:
        self.landing, self.work, self.log = landing, work, log
        # the file's name is the catalog's name, and compiled SQL names its catalog
        self.template = work / "template" / "build.duckdb"
        self.full_dbt = work / "full" / "build.duckdb"
        self._dbt(*BUILD, database=self.full_dbt)
        self.template.parent.mkdir()
        shutil.copy(self.full_dbt, self.template)
        nights = json.dumps({"from_night": MARKER_FROM, "to_night": MARKER_TO})
        self._dbt("compile", "--vars", nights, database=self.template)
        self.manifest = self.template.with_name("target-compile") / "manifest.json"
        self.models = self._read_models()
        self.invariants = self._read_invariants()
        self.nights = self._closed_nights()
        self._empty_template()

    def on(self, landing: Path, work: Path) -> "Replay":
        """The same compiled models over another landing zone, in another work folder."""
        other = copy.copy(self)
        other.landing, other.work, other.log = landing, work, None
        other.template = work / "template" / "build.duckdb"
        other.template.parent.mkdir(parents=True)
        shutil.copy(self.full_dbt, other.template)
        other._dbt("run", "--select", "stg_landing_deliveries", database=other.template)
        other.nights = other._closed_nights()
        other._empty_template()
        return other

    def _dbt(self, *arguments: str, database: Path) -> None:
        """Run dbt into a database, with a target folder beside it for each of its commands."""
        target = database.with_name(f"target-{arguments[0]}")
        dbt(*arguments, landing=self.landing, state=database.parent, target=target)

    def dbt_run(self, database: Path, chunks: list[Chunk]) -> None:
        """Run real dbt over ``chunks`` in order into a database of their own."""
        for start, end in chunks:
            nights = json.dumps({"from_night": start, "to_night": end})
            self._dbt(*BUILD, "--vars", nights, database=database)

    def _read_models(self) -> list[Model]:
        """The project's models in an order in which each follows what it reads."""
        manifest = json.loads(self.manifest.read_text())
        nodes = {
            key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"
        }
        ordered: list[str] = []

        def visit(key: str) -> None:
            if key in nodes and key not in ordered:
                for parent in sorted(nodes[key]["depends_on"]["nodes"]):
                    visit(parent)
                ordered.append(key)

        for key in sorted(nodes):
            visit(key)
        models = []
        for key in ordered:
            node, config = nodes[key], nodes[key]["config"]
            unique_key = config.get("unique_key") or []
            models.append(
                Model(
                    name=node["name"],
                    relation=f"{node['schema']}.{node['alias']}",
                    materialized=config["materialized"],
                    strategy=config.get("incremental_strategy"),
                    unique_key=[unique_key] if isinstance(unique_key, str) else list(unique_key),
                    sql=node["compiled_code"],
                    reads=[parent.split(".")[-1] for parent in node["depends_on"]["nodes"]],
                )
            )
        return models

    def _read_invariants(self) -> list[Model]:
        """The tests of ledger and exposure, compiled."""
        manifest = json.loads(self.manifest.read_text())
        suites = tuple(f"tests/{suite}/" for suite in INVARIANTS)
        return [
            Model(
                name=node["name"],
                relation="",
                materialized="test",
                strategy=None,
                sql=node["compiled_code"],
                reads=[parent.split(".")[-1] for parent in node["depends_on"]["nodes"]],
            )
            for _, node in sorted(manifest["nodes"].items())
            if node["original_file_path"].startswith(suites)
        ]

    def broken_invariants(self) -> list[str]:
        """Builds what the invariants read, in one pass; one line per test with rows."""
        read = {name for test in self.invariants for name in test.reads}
        wanted = {model.name for name in read for model in needed(self.models, name)}
        models = [model for model in self.models if model.name in wanted]
        found = []
        with self.database() as connection:
            self.build(connection, self.nights[0], self.nights[-1], models)
            for test in self.invariants:
                sql = test.sql.replace(MARKER_FROM, self.nights[0])
                sql = sql.replace(MARKER_TO, self.nights[-1])
                ((rows,),) = connection.execute(f"select count(*) from ({sql})").fetchall()
                found += [f"{test.name}: {rows} rows"] * (rows > 0)
        return found

    def _closed_nights(self) -> list[str]:
        return sorted(path.stem for path in (self.landing / "_nights").glob("*.json"))

    def broken_on_demo(self, seed: int) -> list[str]:
        """As ``broken_invariants``, on a small demo log drawn from ``seed``."""
        with tempfile.TemporaryDirectory(prefix="replay-") as folder:
            landing = make_log(Path(folder), seed=seed)
            return self.on(landing, Path(folder)).broken_invariants()

    def _empty_template(self) -> None:
        """A database with the seeds, the landed rows and every model's table, empty.

        The landing views become tables: reading the files for every chunk would take longest.
        """
        with duckdb.connect(self.template) as connection:
            for model in self.models:
                if model.materialized != "view":
                    connection.execute(f"delete from {model.relation}")
            self._configure(connection)
            views = connection.execute(
                "select view_name from duckdb_views() where schema_name = 'landing'"
            ).fetchall()
            for (view,) in views:
                connection.execute(f"create table landing.{view}_rows as from landing.{view}")
                connection.execute(f"drop view landing.{view}")
                connection.execute(f"alter table landing.{view}_rows rename to {view}")

    def put_off(self, seed: int, work: Path) -> "Replay":
        """The same log with half its rows landed on a random later night, drawn from ``seed``.

        Children come before their parents and new versions before old ones. No real log is as
        bad; a model that is right on it does not rest on an order that nobody promised.
        """
        other = copy.copy(self)
        other.log = self.log and f"{self.log}, shuffled by {seed}"
        other.template = work / f"shuffled-{seed}" / "build.duckdb"
        other.template.parent.mkdir()
        shutil.copy(self.template, other.template)
        nights = ", ".join(f"date '{night}'" for night in self.nights)
        chance = f"hash(row_hash || '{seed}')"
        with duckdb.connect(other.template) as connection:
            tables = connection.execute(
                "select table_name from duckdb_columns() "
                "where schema_name = 'landing' and column_name = 'row_hash'"
            ).fetchall()
            for (table,) in tables:
                connection.execute(
                    f"update landing.{table} set night = "
                    f"greatest(night, [{nights}][1 + ({chance} // 2 % {len(self.nights)})::int]) "
                    f"where {chance} % 2 = 0"
                )
        return other

    def replay(self, chunks: list[Chunk], models: list[Model] | None = None) -> dict[str, str]:
        """Build every model chunk by chunk from nothing and return each model's hash.

        Args:
            chunks: (first night, last night) pairs, in the order they are run.
            models: which models, in order, if not all.
        """
        return self.replay_stages([chunks], models)[0]

    def replay_stages(
        self, stages: list[list[Chunk]], models: list[Model] | None = None
    ) -> list[dict[str, str]]:
        """As ``replay``, one stage after the other on the same database: the hashes after each."""
        found = []
        chosen = self.models if models is None else models
        passing = made_anew(chosen)
        lasting = [model for model in chosen if model.name not in passing]
        with self.database() as connection:
            for chunks in stages:
                for start, end in chunks[:-1]:
                    self.build(connection, start, end, lasting)
                self.build(connection, *chunks[-1], chosen)
                found.append(self.hashes(connection, chosen))
        return found

    def told(self, stages: list[list[Chunk]]) -> list[dict[str, str]]:
        """As ``replay_stages`` of all models; of a log made by the code, worked out once."""
        if self.log is None:
            return self.replay_stages(stages)

        def make(folder: Path) -> None:
            (folder / "hashes.json").write_text(json.dumps(self.replay_stages(stages)))

        said = sha256(json.dumps([self.log, stages]).encode()).hexdigest()[:16]
        return json.loads((keep(f"replay {said}", make) / "hashes.json").read_text())

    def told_by_dbt(self) -> list[dict[str, str]]:
        """The hashes of the full refresh by dbt itself, as of one stage."""
        return [self.hashes_of(self.full_dbt)]

    @contextmanager
    def database(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A database in memory in which everything landed and nothing is built."""
        with duckdb.connect() as connection:
            # the other cores have replays of their own
            connection.execute("set threads = 1")
            # in memory: a commit to disk for each statement would be most of the time
            connection.execute(f"attach '{self.template}' as template (read_only)")
            connection.execute("attach ':memory:' as build")
            connection.execute("copy from database template to build")
            connection.execute("use build")
            connection.execute("detach template")
            self._configure(connection)
            yield connection

    def build(
        self,
        connection: duckdb.DuckDBPyConnection,
        start: str,
        end: str,
        models: list[Model] | None = None,
    ) -> None:
        """Build the models (all of them, unless said) for the nights ``start`` to ``end``."""
        for model in self.models if models is None else models:
            for statement in model.statements(start, end):
                try:
                    connection.execute(statement)
                except duckdb.Error as error:
                    raise RuntimeError(f"{model.name} {start}..{end}: {error}") from error
            if model.materialized == "cluster_nights":
                self._clusters(connection).run(start, end)

    def _clusters(self, connection: duckdb.DuckDBPyConnection) -> ClusterNights:
        """The nights of the identity clusters."""
        relations = {model.name: model.relation for model in self.models}
        return ClusterNights(
            connection,
            members=relations["int_cluster_members"],
            parties=relations["int_parties"],
            edges=relations["int_identity_edges"],
        )

    def hashes_of(self, database: Path) -> dict[str, str]:
        """Each model's hash in a database that real dbt has built."""
        with duckdb.connect(database) as connection:
            self._configure(connection)
            return self.hashes(connection)

    def _configure(self, connection: duckdb.DuckDBPyConnection) -> None:
        from nightly.hash_key import PUBLIC_DEMO_KEY

        connection.execute("set TimeZone = 'UTC'")
        connection.execute("set variable risk_hash_key = ?", [PUBLIC_DEMO_KEY])

    def hashes(
        self, connection: duckdb.DuckDBPyConnection, models: list[Model] | None = None
    ) -> dict[str, str]:
        """Row count and order-free content hash of every model, or of some."""
        found = {}
        columns = dict(
            connection.execute(
                "select schema_name || '.' || table_name, "
                "string_agg('\"' || column_name || '\"', ', ' order by column_name) "
                "from duckdb_columns() where database_name = current_database() group by all"
            ).fetchall()
        )
        for model in self.models if models is None else models:
            rows = connection.execute(
                f"select count(*), sum(hash({columns[model.relation]})::hugeint) "
                f"from {model.relation}"
            ).fetchall()[0]
            found[model.name] = f"{rows[0]} rows, {rows[1]}"
        return found


def small_demo() -> Replay:
    """The small demo log, compiled and built by dbt once for the code as it stands."""

    def make(folder: Path) -> None:
        replay = Replay(make_log(folder), folder, log="small demo")
        (folder / "replay.pickle").write_bytes(pickle.dumps(replay))

    return pickle.loads((keep("small demo", make) / "replay.pickle").read_bytes())


def make_log(work: Path, scale: int = 120, nights: int = 29, seed: int = 11) -> Path:
    """A small demo log, with rows that come late, twice, in new versions and out of order.

    It begins two nights before a month ends and is long enough to end the next one too.

    Returns:
        the landing root, ``work/landing``.
    """
    arguments = {"landing": work / "landing", "truth": work / "truth", "scale": scale}
    arguments |= {"nights": nights, "seed": seed, "start": "2026-01-30"}
    command = [sys.executable, "-m", "simulator"]
    for name, value in arguments.items():
        command += [f"--{name}", str(value)]
    run(command)
    relabel(work / "landing", after=3)
    deliver_again(work / "landing", {3: 30, 17: 60})
    return work / "landing"


def relabel(landing: Path, after: int) -> None:
    """Let half the labels have a newer version: another target, another cause, or not fraud.

    Args:
        landing: the landing root, changed in place.
        after: nights until the new version.
    """
    table = "case_dispositions"
    for path in sorted((landing / "_nights").glob("*.json")):
        files = landed_files(landing, table, path.stem, after)
        if not files:
            continue
        versions = duckdb.sql(
            f"""
            with labels as (
                select
                    *,
                    row_number() over by_id % 6 as change,
                    lag(target_type, 1, target_type) over by_id as other_type,
                    lag(target_id, 1, target_id) over by_id as other_id
                from read_parquet({files}, hive_partitioning = false)
                window by_id as (order by disposition_id)
            )
            select * exclude (change, other_type, other_id) replace (
                record_seq + 1 as record_seq,
                ingested_at + interval {after} day as ingested_at,
                if(change = 0, other_type, target_type) as target_type,
                if(change = 0, other_id, target_id) as target_id,
                if(change = 1, 'incentives', scenario) as scenario,
                if(change = 2, 'not_fraud', disposition) as disposition
            )
            from labels
            where change < 3
            """
        )
        listed = json.loads(path.read_text())
        file = Path(table, f"dt={path.stem}", "relabelled.parquet")
        (landing / file).parent.mkdir(exist_ok=True, parents=True)
        versions.write_parquet(str(landing / file))
        delivery = listed["tables"].setdefault(table, {"rows": 0, "files": []})
        delivery["files"].append(str(file))
        delivery["rows"] += len(versions)
        path.write_text(json.dumps(listed))


def deliver_again(landing: Path, shares: dict[int, int]) -> None:
    """Deliver a share of all rows a second time, with a later ingested_at.

    Args:
        landing: the landing root, changed in place.
        shares: nights until the redelivery, and one row in how many comes again.
    """
    for path in sorted((landing / "_nights").glob("*.json")):
        night = path.stem
        listed = json.loads(path.read_text())
        for table, delivery in listed["tables"].items():
            parts = [
                f"select * replace (ingested_at + interval {days} day as ingested_at) "
                f"from read_parquet({files}, hive_partitioning = false) as landed "
                f"where hash(landed) % {one_in} = 0"
                for days, one_in in shares.items()
                if (files := landed_files(landing, table, night, days))
            ]
            if not parts:
                continue
            again = duckdb.sql(" union all by name ".join(parts))
            count = len(again)
            if count:
                file = Path(table, f"dt={night}", "again.parquet")
                (landing / file).parent.mkdir(exist_ok=True, parents=True)
                again.write_parquet(str(landing / file))
                delivery["files"].append(str(file))
                delivery["rows"] += count
        path.write_text(json.dumps(listed))


def landed_files(landing: Path, table: str, night: str, days: int) -> list[str]:
    """The simulator's own files of ``table``, ``days`` days before ``night``."""
    source = date.fromisoformat(night) - timedelta(days=days)
    return sorted(str(path) for path in landing.glob(f"{table}/dt={source}/part-*.parquet"))


def once(nights: list[str]) -> list[Chunk]:
    """All nights in one chunk."""
    return [(nights[0], nights[-1])]


def night_by_night(nights: list[str]) -> list[Chunk]:
    """One chunk a night."""
    return [(night, night) for night in nights]


def random_chunks(nights: list[str], seed: int) -> list[Chunk]:
    """The nights cut at random places, drawn from ``seed``."""
    generator = random.Random(seed)
    cuts = sorted(generator.sample(range(1, len(nights)), k=generator.randint(1, 6)))
    bounds = [0, *cuts, len(nights)]
    return [(nights[a], nights[b - 1]) for a, b in itertools.pairwise(bounds)]


def old_nights(nights: list[str], seed: int) -> list[Chunk]:
    """A stretch of old nights, to be run once more."""
    generator = random.Random(seed)
    first = generator.randrange(len(nights) - 2)
    last = generator.randrange(first, len(nights) - 1)
    return [(nights[first], nights[last])]


def made_anew(models: list[Model]) -> set[str]:
    """Tables and views, made anew by each chunk, that no model which keeps nights reads.

    Only the last chunk's are left in the end, so the earlier ones need not be built.
    """
    found: set[str] = set()
    read: set[str] = set()
    for model in reversed(models):
        if model.materialized in ("table", "view") and model.name not in read:
            found.add(model.name)
        else:
            read.update(model.reads)
    return found


def needed(models: list[Model], target: str) -> list[Model]:
    """The models that ``target`` is built from, in order, itself the last."""
    names = {target}
    for model in reversed(models):
        if model.name in names:
            names.update(model.reads)
    return [model for model in models if model.name in names]


def differences(expected: dict[str, str], actual: dict[str, str]) -> list[str]:
    """One line per model whose hash differs."""
    return [
        f"{name}: {expected[name]} against {actual[name]}"
        for name in expected
        if expected[name] != actual[name]
    ]
