"""The command line: `python -m nightly <command>`."""

from __future__ import annotations

import sys
from datetime import date

import click

from nightly.console import say
from nightly.errors import NightlyError, UsageError
from nightly.landing import parse_night
from nightly.preflight import check_python
from nightly.settings import Settings


class NightType(click.ParamType):
    """A night, written YYYY-MM-DD."""

    name = "night"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read the date or say how to write it."""
        night = value if isinstance(value, date) else parse_night(str(value))
        if night is None:
            self.fail(f"'{value}' is no night: write it as YYYY-MM-DD", param, ctx)
        return night


NIGHT = NightType()


@click.group()
def cli() -> None:
    """Runs the warehouse: gate, dbt, publish. RISK_LANDING and RISK_STATE say where."""


@cli.command()
@click.option("--night", type=NIGHT, help="Close this night only, also an empty one.")
def seal(night: date | None) -> None:
    """Write the _nights files that a producer does not write."""
    from nightly.contract import load_contract
    from nightly.seal import seal as close

    sealed = close(Settings.from_environment(), load_contract(), night)
    if sealed:
        say(f"sealed {len(sealed)} nights, {sealed[0]} to {sealed[-1]}")
    else:
        say("nothing to seal: every night is closed")


@cli.command()
@click.option("--from", "first", type=NIGHT, help="First night; default: after the last built.")
@click.option("--to", "last", type=NIGHT, help="Last night; default: the last closed.")
def run(first: date | None, last: date | None) -> None:
    """Gate, build, test and publish nights."""
    from nightly.run import Request
    from nightly.run import run as start

    kind = "backfill" if first or last else "nightly"
    _report(start(Settings.from_environment(), Request(kind, first, last)))


@cli.command()
@click.option("--from", "first", type=NIGHT, required=True, help="First night to say anew.")
@click.option("--reason", required=True, help="Why; it goes into the manifest.")
@click.option("--full-refresh", is_flag=True, help="Drop and rebuild every table.")
def restate(first: date, reason: str, full_refresh: bool) -> None:
    """Build again, with new code or a changed past, from a night on."""
    from nightly.run import Request
    from nightly.run import run as start

    if not reason.strip():
        raise UsageError("give a reason: it goes into the manifest")
    request = Request("restatement", first, None, reason.strip(), full_refresh)
    _report(start(Settings.from_environment(), request))


@cli.command()
@click.option("--from", "first", type=NIGHT, help="First night; default: the first closed.")
@click.option("--to", "last", type=NIGHT, help="Last night; default: the last closed.")
def gate(first: date | None, last: date | None) -> None:
    """Judge nights without building them."""
    from nightly.contract import load_contract
    from nightly.gate import gate as judge
    from nightly.landing import closed_nights

    settings = Settings.from_environment()
    nights = [
        item
        for item in closed_nights(settings)
        if (not first or item.night >= first) and (not last or item.night <= last)
    ]
    if not nights:
        raise UsageError("no closed night between --from and --to")
    say(judge(settings, load_contract(), nights, "gate").line())


@cli.command()
def publish() -> None:
    """Publish the marts of the last completed run once more."""
    from nightly.lock import run_lock
    from nightly.manifest import History
    from nightly.publish import publish as copy

    settings = Settings.from_environment()
    with run_lock(settings):
        history = History.read(settings)
        if not history.completed or history.runs[-1]["status"] != "completed":
            raise NightlyError("the last run did not complete: run `make nightly`, it publishes")
        last = history.completed[-1]
        number = last["run_id"].split("-")[0]
        assert history.last_night
        names = set(last["published"]["rows"])
        say(f"published {copy(settings, history.last_night, number, names).file}")


@cli.command()
def summary() -> None:
    """Say what is published and where to look next."""
    from nightly.summary import summary as tell

    say(tell(Settings.from_environment()))


@cli.command()
@click.argument("query")
def sql(query: str) -> None:
    """Ask the published marts a question."""
    import duckdb

    marts = Settings.from_environment().published / "marts.duckdb"
    if not marts.exists():
        raise NightlyError(f"{marts} does not exist: run `make build`")
    with duckdb.connect(str(marts), read_only=True) as connection:
        try:
            connection.sql(query).show(max_width=160)
        except duckdb.Error as error:
            raise NightlyError(" ".join(str(error).split())) from error


@cli.command("policy-check")
def policy_check() -> None:
    """Say everything that is wrong with the policy seeds, by file and line."""
    from nightly.policy_check import check_seeds, count_rows

    settings = Settings.from_environment()
    check_seeds(settings)
    seeds, rows = count_rows(settings.repository)
    say(f"policy   {rows} rows in {seeds} seeds: no problem")


@cli.command("policy-diff")
@click.option("--from", "first", type=NIGHT, required=True, help="First night.")
@click.option("--to", "last", type=NIGHT, required=True, help="Last night.")
@click.option("--base", default="HEAD", help="Revision to compare with; default: the last commit.")
def policy_diff(first: date, last: date, base: str) -> None:
    """What the changed policy rows would have done on nights that are built."""
    from nightly.policy_diff import policy_diff as differ

    differ(Settings.from_environment(), first, last, base)


@cli.command()
@click.option("--month", required=True, help="The month, as YYYY-MM.")
@click.option("--cutoff", type=NIGHT, help="Last night that counts; default: the last built.")
@click.option("--reopen", help="Why a closed month is said again, in a new version.")
def close(month: str, cutoff: date | None, reopen: str | None) -> None:
    """Freeze a month: totals, reconciliation, breaks and what changed since the last close."""
    from nightly.close import close as freeze

    freeze(Settings.from_environment(), month, cutoff, reopen)


@cli.command("lock-detections")
def lock_detections() -> None:
    """Write detections.lock: which rule each version of a detection is."""
    from nightly.detection_lock import LOCK, write_lock

    say(f"lock     {write_lock(Settings.from_environment().repository)} detections in {LOCK}")


@cli.command("is-empty")
def is_empty() -> None:
    """Exit 0 when no night is closed (for make)."""
    sys.exit(1 if any(Settings.from_environment().nights.glob("*.json")) else 0)


@cli.command("is-current")
def is_current() -> None:
    """Exit 0 when every closed night is built by the code and the policy as they are (for make)."""
    from nightly.landing import closed_nights
    from nightly.manifest import History
    from nightly.policy import policy_hash
    from nightly.versions import code_hash

    settings = Settings.from_environment()
    history, nights = History.read(settings), closed_nights(settings)
    sys.exit(
        0
        if history.last_night == nights[-1].night
        and settings.build.exists()
        and not history.changed_nights(nights)
        and history.code == code_hash(settings.repository)
        and history.completed[-1]["policy"]["hash"] == policy_hash(settings.policy)
        else 1
    )


def _report(run_id: str | None) -> None:
    if run_id:
        say(f"run {run_id} completed")


def main() -> None:
    """Run a command; what a person has to act on is one line and a non-zero exit."""
    try:
        check_python()
        cli(prog_name="nightly")
    except UsageError as error:
        click.echo(f"nightly: {error}", err=True)
        sys.exit(2)
    except NightlyError as error:
        click.echo(f"nightly: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("nightly: stopped; run it again, it starts at the same night", err=True)
        sys.exit(1)
