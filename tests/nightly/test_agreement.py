"""The gate records exactly the rows that the landing views keep from dbt."""

import duckdb
import pyarrow as pa

from nightly.contract import load_contract
from nightly.gate import gate
from nightly.landing import closed_nights
from tests.helpers.project import dbt

from .conftest import CONTRACT, FIRST, night_of

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

    state = warehouse.settings.state
    places = {"landing": landing.root, "state": state, "target": state / "target"}
    dbt("run", "--select", "stg_landing_deliveries", **places)
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
