"""The gate records exactly the rows that the landing views keep from dbt."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa

from nightly.contract import load_contract
from nightly.gate import gate
from nightly.landing import closed_nights

from .conftest import CONTRACT, FIRST, night_of

REPOSITORY = Path(__file__).parents[2]
DAY = night_of(1)


def test_gate_and_landing_views_set_the_same_rows_aside(warehouse, landing):
    landing.fill(2, tuple(CONTRACT))
    landing.rows["users", DAY][0]["region"] = None
    landing.rows["users", DAY][1] |= {"region": None, "status": "lost"}
    landing.rows["orders", DAY][2]["status"] = "lost"
    landing.rows["orders", DAY][3]["ingested_at"] = landing.rows["orders", FIRST][3]["ingested_at"]
    for row in landing.rows["order_items", DAY]:
        row["quantity"] = str(row["quantity"])
    landing.rows["order_items", DAY][4] |= {"quantity": "two", "currency": None}
    for name in ("users", "orders", "reviews"):
        landing.write_table(name, DAY)
    landing.write_table("order_items", DAY, types={"quantity": pa.string()})
    report = gate(warehouse.settings, load_contract(), closed_nights(warehouse.settings), "000001")

    target = warehouse.settings.state / "target"
    ended = subprocess.run(
        [str(Path(sys.executable).parent / "dbt"), "--quiet", "run"]
        + ["--select", "stg_landing_deliveries", "--target-path", str(target)],
        cwd=REPOSITORY,
        env=os.environ
        | {
            "RISK_LANDING": str(landing.root),
            "RISK_STATE": str(warehouse.settings.state),
            "DBT_LOG_PATH": str(target),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
    seen = {}
    with duckdb.connect(str(warehouse.settings.build)) as connection:
        for name in CONTRACT:
            rows = connection.execute(
                f"select quarantine_reason, count(*) from landing.{name} "
                "where quarantine_reason is not null group by 1"
            ).fetchall()
            seen |= {name: dict(rows)} if rows else {}
    assert report.reasons == seen
    assert seen == {
        "users": {"required but missing: region": 2},
        "orders": {
            "value not in the contract: status": 1,
            "arrived on another night: ingested_at": 1,
        },
        "order_items": {"not a bigint: quantity": 1},
    }
