"""Replay equivalence: one pass, night by night, random chunks and reruns give the same rows."""

import duckdb
import pytest

from tests.replay.harness import (
    MARKER_FROM,
    MARKER_TO,
    Replay,
    differences,
    make_log,
    needed,
    night_by_night,
    old_nights,
    random_chunks,
)

SEEDS = range(3)


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    """A small log with late, duplicated, re-versioned and out-of-order rows, compiled once."""
    work = tmp_path_factory.mktemp("replay")
    return Replay(make_log(work), work)


@pytest.fixture(scope="module")
def whole(replay: Replay) -> dict[str, str]:
    """The hashes of one pass over all nights."""
    return replay.replay([(replay.nights[0], replay.nights[-1])])


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
    assert differences(whole, replay.replay(night_by_night(replay.nights))) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_random_chunks_and_old_nights_again_equal_one_pass(
    replay: Replay, whole: dict[str, str], seed: int
) -> None:
    """A backfill in any chunks gives what one pass gives; old nights run again change nothing."""
    stages = [random_chunks(replay.nights, seed), old_nights(replay.nights, seed)]
    backfilled, again = replay.replay_stages(stages)
    assert differences(whole, backfilled) == []
    assert differences(whole, again) == []


def test_real_dbt_equals_the_replay(replay: Replay, whole: dict[str, str]) -> None:
    """The harness runs what dbt runs: a full refresh and a chain of chunks through dbt itself."""
    assert differences(whole, replay.hashes_of(replay.full_dbt)) == []
    middle = len(replay.nights) // 2
    chunks = [
        (replay.nights[0], replay.nights[middle]),
        (replay.nights[middle - 3], replay.nights[-1]),
    ]
    assert differences(whole, replay.hashes_of(replay.dbt_run("chunks", chunks))) == []


def test_rows_that_arrive_in_any_order_change_nothing(replay: Replay) -> None:
    """Half the rows put off to random later nights: parents after children, versions shuffled."""
    replay.put_off(seed=1)
    try:
        whole = replay.replay([(replay.nights[0], replay.nights[-1])])
        chunks = [*random_chunks(replay.nights, seed=1), *old_nights(replay.nights, seed=1)]
        assert differences(whole, replay.replay(chunks)) == []
    finally:
        replay.put_back()


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
