"""Truth and marts written by hand, for the tests of what reads them."""

from pathlib import Path

import duckdb

from score.scoring import Demo

Rows = list[tuple[str, ...]]

TRUTH = "entity_type varchar, entity_id varchar, first_event_at timestamp"
SCHEMES = f"scheme_id varchar, scheme_type varchar, detection_id varchar, strength varchar, {TRUTH}"
LOOKALIKES = f"lookalike_id varchar, lookalike_type varchar, tempts varchar, {TRUTH}"
MARTS = {
    "fct_alerts": "alert_id varchar, detection_id varchar, entity_type varchar, entity_id varchar, "
    "cluster_id varchar, alerted_on date, last_fired_on date",
    "bridge_alert_evidence": "alert_id varchar, object_type varchar, object_id varchar, night date",
    "bridge_cluster_members": "cluster_id varchar, party_type varchar, party_id varchar, "
    "from_night date",
    "dim_detections": "detection_id varchar, scenario varchar, stage varchar",
    "fct_detection_coverage": "night date",
}


def hand_made(folder: Path, schemes: Rows, lookalikes: Rows, **marts: Rows) -> Demo:
    """A demo of these rows, each in the order of the columns above; marts left out are empty."""
    with duckdb.connect() as connection:
        for name, columns, rows in (
            ("schemes", SCHEMES, schemes),
            ("lookalikes", LOOKALIKES, lookalikes),
        ):
            _fill(connection, name, columns, rows)
            connection.execute(f"copy {name} to '{folder / name}.parquet'")
    with duckdb.connect(str(folder / "marts.duckdb")) as connection:
        for name, columns in MARTS.items():
            _fill(connection, name, columns, marts.get(name, []))
    return Demo("standing", folder / "marts.duckdb", folder)


def _fill(connection: duckdb.DuckDBPyConnection, table: str, columns: str, rows: Rows) -> None:
    connection.execute(f"create table {table} ({columns})")
    if rows:
        marks = ", ".join("?" for _ in rows[0])
        connection.executemany(f"insert into {table} values ({marks})", rows)
