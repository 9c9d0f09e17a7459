"""A small demo marketplace, written once for all tests of the simulator."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from simulator.__main__ import main
from simulator.tables import TABLES

SIZE = ["--scale", "600", "--nights", "90", "--seed", "11"]


@dataclass(frozen=True)
class Demo:
    """Where a demo lies, and its tables in DuckDB (as delivered: duplicates included)."""

    landing: Path
    truth: Path
    db: duckdb.DuckDBPyConnection

    def all(self, query: str) -> list[tuple]:
        return self.db.sql(query).fetchall()

    def one(self, query: str) -> object:
        return self.all(query)[0][0]


def open_demo(landing: Path, truth: Path) -> Demo:
    db = duckdb.connect()
    for name in TABLES:
        if not any((landing / name).iterdir()):
            continue
        files = f"{landing}/{name}/*/*.parquet"
        db.sql(f"create view {name} as from read_parquet('{files}', hive_partitioning = true)")
        key = ", ".join((*TABLES[name].key, *(["record_seq"] if _entity(name) else [])))
        db.sql(
            f"create view once_{name} as select distinct on ({key}) * from {name}"
            f" order by {key}, ingested_at"
        )
        if _entity(name):
            key = ", ".join(TABLES[name].key)
            db.sql(
                f"create view last_{name} as select distinct on ({key}) * from {name}"
                f" order by {key}, record_seq desc, ingested_at"
            )
    for name in ("schemes", "lookalikes"):
        db.sql(f"create view {name} as from read_parquet('{truth}/{name}.parquet')")
    return Demo(landing, truth, db)


def _entity(name: str) -> bool:
    return TABLES[name].kind == "entity"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    root = tmp_path_factory.mktemp("demo")
    assert main(["--landing", str(root / "landing"), *SIZE]) == 0
    return open_demo(root / "landing", root / "truth")


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    root = tmp_path_factory.mktemp("clean")
    arguments = ["--landing", str(root / "landing"), "--truth", str(root / "told"), "--clean"]
    assert main([*arguments, *SIZE]) == 0
    return open_demo(root / "landing", root / "told")
