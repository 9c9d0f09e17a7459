"""A run: which nights, in which order, and what happens when it is stopped anywhere."""

import fcntl
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from nightly import preflight
from nightly.errors import NightlyError, UsageError
from nightly.lock import run_lock
from nightly.manifest import History
from nightly.settings import Settings

from .conftest import FIRST, night_of


def test_a_first_run_takes_every_closed_night_and_the_next_one_what_is_new(warehouse, landing):
    landing.fill(3)
    first = warehouse.run()
    assert first == "000001-2026-01-01-2026-01-03"
    assert warehouse.builds == [(FIRST, night_of(2))]
    manifest = warehouse.manifest(first)
    assert (manifest["status"], manifest["kind"], manifest["nights"]) == ("completed", "nightly", 3)
    assert (manifest["from_night"], manifest["to_night"]) == ("2026-01-01", "2026-01-03")
    assert manifest["dbt"] == {"model": {"success": 1}, "test": {"pass": 2}}
    assert set(manifest["seconds"]) == {"gate", "dbt", "publish"}
    assert warehouse.run() is None
    landing.fill(5)
    warehouse.run()
    assert warehouse.builds[1:] == [(night_of(3), night_of(4))]
    assert warehouse.marts("select count(*) from fct_nights") == [(5,)]


@pytest.mark.parametrize("stage", ["gate", "build", "publish"])
@pytest.mark.parametrize("error", [NightlyError("stopped"), KeyboardInterrupt(), MemoryError()])
def test_a_run_that_fails_anywhere_leaves_the_marts_and_starts_again(
    warehouse, landing, stage, error
):
    landing.fill(2)
    warehouse.run()
    landing.fill(4)
    warehouse.fail[stage] = error
    with pytest.raises(type(error)):
        warehouse.run()
    failed = warehouse.manifest("000002-2026-01-03-2026-01-04")
    assert failed["status"] == "failed"
    assert failed["error"]
    assert warehouse.marts("select max(night)::date from fct_nights") == [(night_of(1),)]
    assert warehouse.run() == "000003-2026-01-03-2026-01-04"
    assert warehouse.marts("select count(*), max(night)::date from fct_nights") == [
        (4, night_of(3))
    ]


KILLED = """
import os, signal, sys
sys.path[:0] = [{repository!r}]
from pathlib import Path
from tests.nightly.conftest import Landing, Warehouse
from nightly.settings import Settings
settings = Settings(Path({landing!r}), Path({state!r}), Path({code!r}), "1GB", 1)
warehouse = Warehouse(settings, Landing(settings.landing))
real = warehouse.{stage}
def step(*arguments):
    {before}
    result = real(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
warehouse.{stage} = step
warehouse.run()
"""


@pytest.mark.parametrize("stage", ["gate", "build", "publish"])
@pytest.mark.parametrize("before", ["pass", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_a_run_that_is_killed_is_done_again(warehouse, landing, stage, before):
    landing.fill(2)
    settings = warehouse.settings
    script = KILLED.format(
        repository=str(Path(__file__).parents[2]),
        landing=str(settings.landing),
        state=str(settings.state),
        code=str(settings.repository),
        stage=stage,
        before=before,
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert History.read(settings).runs[0]["status"] == "running"
    assert warehouse.run() == "000002-2026-01-01-2026-01-02"
    assert [run["status"] for run in History.read(settings).runs] == ["failed", "completed"]
    assert warehouse.marts("select count(*) from fct_nights") == [(2,)]


# ------------------------------------------------------------------------------------------ ranges


def test_a_backfill_covers_its_range_only_and_does_not_move_the_end(warehouse, landing):
    landing.fill(5)
    warehouse.run()
    run_id = warehouse.run(kind="backfill", first=night_of(1), last=night_of(2))
    assert warehouse.builds[-1] == (night_of(1), night_of(2))
    assert warehouse.manifest(run_id)["published"]["file"] == "marts-2026-01-05-000002.duckdb"
    assert warehouse.run() is None


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (night_of(2), night_of(1), "FROM 2026-01-03 is after TO 2026-01-02"),
        (night_of(0), night_of(9), "night 2026-01-10 is not closed"),
        (date(2025, 12, 31), night_of(1), "night 2025-12-31 is not closed"),
        (night_of(2), night_of(3), "FROM 2026-01-03 would leave a hole"),
    ],
)
def test_a_range_that_cannot_be_is_refused(warehouse, landing, first, last, why):
    landing.fill(4)
    with pytest.raises((UsageError, NightlyError), match=why):
        warehouse.run(kind="backfill", first=first, last=last)
    assert warehouse.builds == []


def test_a_night_that_is_not_closed_holds_back_the_later_ones(warehouse, landing, capsys):
    landing.fill(4)
    (landing.root / "_nights" / f"{night_of(2)}.json").unlink()
    warehouse.run()
    assert warehouse.builds == [(FIRST, night_of(1))]
    assert "make seal NIGHT=2026-01-03" in capsys.readouterr().out
    with pytest.raises(NightlyError, match="night 2026-01-03 is not closed although 2026-01-04"):
        warehouse.run()


def test_a_lost_build_file_is_built_again_from_the_first_night(warehouse, landing):
    landing.fill(3)
    warehouse.run()
    warehouse.settings.build.unlink()
    landing.fill(4)
    warehouse.run()
    assert warehouse.builds[-1] == (FIRST, night_of(3))


# ------------------------------------------------------------------------------------ restatements


def test_a_changed_past_must_be_declared(warehouse, landing):
    landing.fill(4)
    warehouse.run()
    landing.fill(5)
    landing.add("orders", night_of(1), landing.rows["orders", FIRST][0], order_id="late")
    with pytest.raises(NightlyError, match=r"night 2026-01-02 .*`make restate FROM=2026-01-02"):
        warehouse.run()
    with pytest.raises(NightlyError, match="make restate FROM=2026-01-02"):
        warehouse.run(kind="restatement", first=night_of(2), reason="too late")
    run_id = warehouse.run(kind="restatement", first=night_of(1), reason="orders came again")
    assert warehouse.builds[-1] == (night_of(1), night_of(4))
    assert warehouse.manifest(run_id)["restatement"] == {
        "from_night": "2026-01-02",
        "reason": "orders came again",
        "full_refresh": False,
    }
    assert warehouse.run() is None


def test_new_code_builds_new_nights_and_past_ones_only_when_declared(warehouse, landing, capsys):
    landing.fill(2)
    warehouse.run()
    (warehouse.settings.repository / "models" / "one.sql").write_text("select 2")
    assert warehouse.run() is None
    assert "the code changed since" in capsys.readouterr().out
    with pytest.raises(NightlyError, match="the code changed since night 2026-01-01"):
        warehouse.run(kind="backfill", first=FIRST, last=FIRST)
    landing.fill(3)
    warehouse.run()
    warehouse.run(kind="restatement", first=FIRST, reason="a better rule")
    assert warehouse.builds[1:] == [(night_of(2), night_of(2)), (FIRST, night_of(2))]


# ------------------------------------------------------------------------------- what stops at once


def test_only_one_run_at_a_time(warehouse, landing):
    landing.fill(1)
    with run_lock(warehouse.settings), pytest.raises(NightlyError, match="another run holds"):
        warehouse.run()
    warehouse.run()


def test_a_child_keeps_the_lock_when_its_run_is_killed(warehouse):
    with run_lock(warehouse.settings) as handle:
        child = subprocess.Popen(["sleep", "30"], pass_fds=(handle,))
    try:
        with pytest.raises(NightlyError, match="another run"), run_lock(warehouse.settings):
            pass
    finally:
        child.kill()
        child.wait()
    with run_lock(warehouse.settings):
        pass


def test_a_landing_folder_that_is_missing_or_holds_no_night(warehouse, landing):
    with pytest.raises(NightlyError, match="does not exist: run `make build` for the demo"):
        warehouse.run()
    landing.root.mkdir()
    with pytest.raises(NightlyError, match=r"no closed night in .*: run `make seal`"):
        warehouse.run()


def test_personal_data_needs_a_key(warehouse, landing, monkeypatch):
    landing.fill(1)
    (landing.root / "_PUBLIC").unlink()
    with pytest.raises(NightlyError, match="RISK_HASH_KEY is not set"):
        warehouse.run()
    monkeypatch.setenv("RISK_HASH_KEY", "secret")
    warehouse.run()
    written = [path for path in warehouse.settings.state.rglob("*") if path.is_file()]
    assert not [path for path in written if b"secret" in path.read_bytes()]


def test_another_key_is_refused_until_everything_is_built_anew(warehouse, landing, monkeypatch):
    landing.fill(2)
    monkeypatch.setenv("RISK_HASH_KEY", "the first key")
    warehouse.run(last=night_of(0))
    monkeypatch.setenv("RISK_HASH_KEY", "another key")
    with pytest.raises(NightlyError, match="RISK_HASH_KEY is not the key"):
        warehouse.run()
    warehouse.run(kind="restatement", first=night_of(0), reason="new key", full_refresh=True)
    assert warehouse.builds[-1] == (night_of(0), night_of(1))
    monkeypatch.setenv("RISK_HASH_KEY", "the first key")
    with pytest.raises(NightlyError, match="RISK_HASH_KEY is not the key"):
        warehouse.run()


def test_no_disk(warehouse, landing):
    landing.fill(1)
    settings = Settings(landing.root, warehouse.settings.state, min_free_mb=10**9)
    with pytest.raises(NightlyError, match=r"no disk: .* MB free and a run needs 1,000,000,000"):
        preflight.check_disk(settings)


def test_the_wrong_python():
    with pytest.raises(NightlyError, match=r"this is Python 3\.13: run `make env`"):
        preflight.check_python((3, 13))


def test_a_build_file_that_somebody_holds(warehouse, landing):
    landing.fill(1)
    warehouse.run()
    path = warehouse.settings.build
    script = (
        f"import duckdb, time; held = duckdb.connect({str(path)!r}); "
        "print(1, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as holder:
        holder.stdout.readline()
        try:
            with pytest.raises(NightlyError, match=f"is open in process {holder.pid}: close it"):
                warehouse.run()
        finally:
            holder.kill()
    assert duckdb.connect(str(path))


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nightly", *arguments],
        cwd=Path(__file__).parents[2],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "line"),
    [
        (("run",), {"RISK_LANDING": "/nowhere"}, 1, "RISK_LANDING /nowhere does not exist"),
        (("run",), {"RISK_LANDNG": "x"}, 2, "did you mean RISK_LANDING?"),
        (("run", "--from", "01.02.2026"), {}, 2, "write it as YYYY-MM-DD"),
        (("restate", "--from", "2026-01-01"), {}, 2, "--reason"),
        (("summary",), {"RISK_STATE": "/nowhere"}, 1, "nothing is published"),
        (("dance",), {}, 2, "No such command"),
    ],
)
def test_the_command_ends_with_one_line_and_a_code(arguments, environment, code, line):
    ended = command(*arguments, **environment)
    assert ended.returncode == code
    assert line in ended.stderr.splitlines()[-1]
    assert "Traceback" not in ended.stderr


def test_the_lock_file_names_its_holder(warehouse):
    with run_lock(warehouse.settings):
        text = (warehouse.settings.state / "run.lock").read_text()
        assert text == f"{os.getpid()}\n"
    handle = (warehouse.settings.state / "run.lock").open()
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    handle.close()
