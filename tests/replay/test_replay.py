"""Replay equivalence: night by night gives the rows of one pass, and a cut window is noticed."""

import duckdb

from tests.replay.harness import (
    MARKER_FROM,
    MARKER_TO,
    Replay,
    differences,
    needed,
    night_by_night,
    random_chunks,
)


def test_the_log_is_as_dirty_as_real_ones(replay: Replay) -> None:
    """Without late, repeated and re-versioned rows the other tests would prove little."""
    orders = f"read_parquet('{replay.landing}/orders/*/*.parquet', hive_partitioning = true)"
    late, repeated, versions, overtaken = duckdb.sql(
        f"""
        with orders as (select * from {orders})
        select
            (
                select count(*) from orders
                where dt > date '{replay.nights[0]}' and placed_at::date < dt
            ),
            (select count(*) - count(distinct (order_id, record_seq)) from orders),
            (select count(distinct (order_id, record_seq)) - count(distinct order_id) from orders),
            (
                select count(*) from orders as newer
                join orders as older using (order_id)
                where newer.record_seq > older.record_seq and newer.dt < older.dt
            )
        """
    ).fetchall()[0]
    assert min(late, repeated, versions, overtaken) > 0


def test_models_hold_rows(whole: dict[str, str]) -> None:
    """A replay of empty models would be equal whatever they said; most must hold rows."""
    filled = [name for name, found in whole.items() if not found.startswith("0 rows")]
    assert len(filled) > 0.7 * len(whole)


def test_night_by_night_equals_one_pass(replay: Replay, whole: dict[str, str]) -> None:
    """A chain of nights gives what one pass gives."""
    assert differences(whole, *replay.told([night_by_night(replay.nights)])) == []


def test_a_cut_window_is_noticed(replay: Replay, whole: dict[str, str]) -> None:
    """The harness goes red when a window sees the run's nights only."""
    *_, model = models = needed(replay.models, "ind_cluster_refunds")
    intact = model.sql
    seen = f"night <= date '{MARKER_TO}'"
    assert seen in intact
    model.sql = intact.replace(seen, f"night between date '{MARKER_FROM}' and date '{MARKER_TO}'")
    try:
        found = replay.replay(random_chunks(replay.nights, seed=0), models)
    finally:
        model.sql = intact
    assert [name for name in found if found[name] != whole[name]] == ["ind_cluster_refunds"]


def test_a_broken_exposure_is_noticed(replay: Replay) -> None:
    """The invariants of exposure are held against the log, not those of the ledger alone."""
    (model,) = (model for model in replay.models if model.name == "int_exposure_sellers")
    intact = model.sql
    model.sql = f"select * replace (gross_usd + 1 as gross_usd) from ({intact})"
    try:
        (found,) = replay.broken_invariants()
    finally:
        model.sql = intact
    assert found.startswith("sellers_add_up_to_all: ")
