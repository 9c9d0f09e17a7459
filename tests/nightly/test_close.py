"""What a month close freezes, what it refuses, and what it says of months closed before.

The books below are a few journals in US dollars whose sums are done by hand. A cut-off of June 5
leaves one fact of May (the capture of 70 that arrives on June 10, and a correction of June 12) to
the close of June.
"""

import csv
import hashlib
import json
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from nightly import close as module
from nightly.cli import cli
from nightly.close import FILES, Month, close
from nightly.errors import NightlyError, UsageError
from nightly.settings import Settings

FIRST = date(2026, 4, 1)
LAST = date(2026, 7, 31)
MAY = date(2026, 6, 5)
JUNE = date(2026, 7, 5)
LEDGER = (
    "journal_id varchar, journal_kind varchar, source_table varchar, source_id varchar, "
    "fact varchar, account varchar, order_id varchar, order_item_id varchar, payment_id varchar, "
    "party_type varchar, party_id varchar, currency varchar, amount_minor bigint, "
    "amount_usd decimal(18, 2), event_at timestamp, night date"
)
LOSSES = (
    "loss_type varchar, bearer varchar, order_id varchar, region varchar, business_line varchar, "
    "currency varchar, gross_minor bigint, recovered_minor bigint, cash_recovered_minor bigint, "
    "net_minor bigint, gross_usd decimal(18, 2), recovered_usd decimal(18, 2), "
    "cash_recovered_usd decimal(18, 2), net_usd decimal(18, 2), event_date date, night date"
)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@dataclass
class Books:
    """Published marts and run manifests, written by hand."""

    settings: Settings
    postings: list[tuple] = field(default_factory=list)
    losses: list[tuple] = field(default_factory=list)
    breaks: list[tuple] = field(default_factory=list)
    raw_off: list[tuple] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    unready_until: date = date.min

    def post(self, journal, happened, known, *lines, kind="original", fact="capture", **where):
        """A journal of one fact: lines of account and cents."""
        table = where.get("table", "payment_attempts")
        currency = where.get("currency", "USD")
        for account, minor in lines:
            usd = Decimal(minor) / 100 if currency == "USD" else where.get("usd")
            self.postings.append(
                (f"J-{journal}-{known}", kind, table, journal, fact, account, where.get("order"))
                + (where.get("item"), where.get("payment"), None, None, currency, minor, usd)
                + (day(happened), day(known))
            )
            if account.startswith("loss_"):
                at = where.get("at", {})
                self.lose(account[5:], happened, known, minor, order=where.get("order"), **at)

    def lose(
        self, kind, happened, known, minor, bearer="platform", order=None, back=0, cash=0, **at
    ):
        place = (at.get("region", "unknown"), at.get("business_line", "unknown"))
        usd = [Decimal(cents) / 100 for cents in (minor, back, cash, minor - back)]
        self.losses.append(
            (kind, bearer, order, *place, "USD", minor, back, cash, minor - back, *usd)
            + (day(happened), day(known))
        )

    def publish(self, last=LAST, first=FIRST, kind="nightly", reason=None) -> None:
        """Publish the books as a run's, with its manifest."""
        number = len(list(self.settings.manifests.glob("*.json"))) + 1
        file = f"marts-{last}-{number:06d}.duckdb"
        self.settings.published.mkdir(parents=True, exist_ok=True)
        self.settings.manifests.mkdir(parents=True, exist_ok=True)
        with closing(duckdb.connect(str(self.settings.published / file))) as connection:
            self._tables(connection)
            for name in self.missing:
                connection.execute(f"drop table {name}")
        nights = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        run = {
            "run_id": f"{number:06d}-{first}-{last}",
            "status": "completed",
            "kind": kind,
            "from_night": str(first),
            "to_night": str(last),
            "restatement": {"from_night": str(first), "reason": reason} if reason else None,
            "landing": {str(night): "listed" for night in nights},
            "code": {"hash": f"code{number}", "revision": None},
            "policy": {"hash": "policy"},
            "published": {"file": file, "rows": {}},
        }
        (self.settings.manifests / f"{run['run_id']}.json").write_text(json.dumps(run))

    def _tables(self, connection) -> None:
        def table(name, columns, rows):
            connection.execute(f"create table {name} ({columns})")
            marks = ", ".join("?" for _ in columns.replace("decimal(18, 2)", "d").split(","))
            for row in rows:
                connection.execute(f"insert into {name} values ({marks})", list(row))

        table("fct_ledger_postings", LEDGER, self.postings)
        table("fct_loss_events", LOSSES, self.losses)
        table(
            "fct_orders",
            "order_id varchar, region varchar, business_line varchar, first_night date",
            [("O-1", "DE", "marketplace", day("04-20")), ("O-2", "FR", None, day("06-20"))],
        )
        nights = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
        table(
            "fct_metric_coverage",
            "metric_id varchar, missing_input varchar, is_ready boolean, night date",
            [("net_loss", "refunds", night > self.unready_until, night) for night in nights],
        )
        table(
            "mart_loss_reserves",
            "measure varchar, cohort_month date, method varchar, latest_value decimal(18, 2), "
            "ultimate_value decimal(18, 2), standard_error decimal(18, 2), "
            "total_standard_error decimal(18, 2), valued_on date",
            [
                ("net_usd", day("05-01"), "chain_ladder", 2, 3, 1, 1, day("05-31")),
                ("net_usd", day("05-01"), "chain_ladder", 2, 9, 1, 1, day("06-30")),
            ],
        )
        table(
            "mart_reconciliation_breaks",
            "subject_type varchar, subject_id varchar, order_id varchar, cause varchar, "
            "currency varchar, unapplied_minor bigint, missing_minor bigint, excess_minor bigint",
            self.breaks,
        )
        connection.execute(
            "create table mart_ledger_reconciliation as select 'night' as basis, source_table, "
            "account, currency, sum(amount_minor) as raw_minor, sum(amount_minor) as ledger_minor, "
            "0::bigint as difference_minor, night as activity_date from fct_ledger_postings "
            "where account = 'psp_cash' group by all"
        )
        for night, difference in self.raw_off:
            connection.execute(
                "insert into mart_ledger_reconciliation values "
                "('night', 'refunds', 'psp_cash', 'USD', 0, ?, ?, ?)",
                [difference, difference, day(night)],
            )

    def close(self, month="2026-05", cut_off=MAY, reopen=None) -> Path:
        return close(self.settings, month, cut_off, reopen)


def read(folder: Path, name: str, *keys: str) -> dict[tuple[str, ...] | str, dict[str, str]]:
    """Rows of a file by key."""
    with (folder / f"{name}.csv").open(newline="") as handle:
        rows = list(csv.DictReader(handle))
    found = {tuple(row[key] for key in keys): row for row in rows}
    assert len(found) == len(rows)
    return {key[0] if len(key) == 1 else key: row for key, row in found.items()}


def numbers(row: dict[str, str], *names: str) -> list[int]:
    return [int(row[f"{name}_minor"]) for name in names]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch):
    for name in ("nightly.close.sync", "nightly.files.sync"):
        monkeypatch.setattr(name, lambda path: None)


@pytest.fixture
def books(tmp_path):
    books = Books(Settings(tmp_path / "landing", tmp_path / "state", memory_limit="1GB"))
    cash, owed = "psp_cash", "seller_payable"
    books.post("A", "04-20", "04-20", (cash, 1000), (owed, -1000), order="O-1")
    books.post("B", "05-10", "05-10", (cash, 500), (owed, -500), order="O-1")
    refund = (("loss_buyer_protection", 200), (cash, -200))
    books.post("R", "05-12", "05-12", *refund, table="refunds", fact="refund", order="O-1")
    books.post("C", "05-30", "06-02", (cash, 300), (owed, -300), order="O-2")
    books.post("E", "06-03", "06-03", (cash, 40), (owed, -40), order="O-1")
    books.post("D", "05-31", "06-10", (cash, 70), (owed, -70), order="O-1")
    corrected = ((owed, 50), ("tax_payable", -50))
    books.post("B", "05-10", "06-12", *corrected, kind="correction", order="O-1")
    return books


@pytest.fixture
def published(books):
    books.publish()
    return books


# ------------------------------------------------------------------------------------ what it says


def test_opening_and_movement_are_closing_and_lead_to_the_ledger_of_the_cut_off(published):
    """Cash: 1,000 of April; 500 - 200 + 300 of May; 40 of June are known but not of the month."""
    folder = published.close()
    assert folder == published.settings.state / "closes" / "2026-05" / "v1"
    rows = read(folder, "trial_balance", "account")
    names = ("opening", "restated", "earlier_months", "month", "closing", "after_month", "ledger")
    assert numbers(rows["psp_cash"], *names) == [1000, 0, 0, 600, 1600, 40, 1640]
    assert numbers(rows["seller_payable"], *names) == [-1000, 0, 0, -800, -1800, -40, -1840]
    assert numbers(rows["loss_buyer_protection"], *names) == [0, 0, 0, 200, 200, 0, 200]
    assert "tax_payable" not in rows
    assert rows["psp_cash"]["closing_usd"] == "16.00"


def test_losses_stand_over_what_was_sold_where_the_order_was_known(published):
    """O-2 is not known by June 5, and has no business line: its 300 are sold nowhere known."""
    folder = published.close()
    losses = read(folder, "losses", "loss_type", "bearer", "region", "business_line")
    row = losses["buyer_protection", "platform", "DE", "marketplace"]
    assert numbers(row, "gross", "recovered", "cash_recovered", "net") == [200, 0, 0, 200]
    rates = read(folder, "rates", "scope", "region", "business_line")
    sold = rates["month", "DE", "marketplace"]
    assert (sold["gmv_minor"], sold["net_loss_minor"]) == ("500", "200")
    assert sold["net_loss_bps"] == "4000.00"
    assert rates["month", "unknown", "unknown"]["gmv_minor"] == "300"


def test_a_loss_without_an_order_stands_where_its_party_is(books):
    """A seller of IT who left: no order says where, and the loss is not nowhere."""
    lines = (("loss_seller_default", 50), ("seller_receivable", -50))
    at = {"region": "IT", "business_line": "live"}
    books.post("D", "05-15", "05-15", *lines, table="seller_balance", fact="default", at=at)
    books.publish()
    folder = books.close()
    losses = read(folder, "losses", "loss_type", "region", "business_line")
    assert losses["seller_default", "IT", "live"]["net_minor"] == "50"
    assert read(folder, "rates", "region", "business_line")["IT", "live"]["net_loss_minor"] == "50"


def test_memo_losses_are_told_and_not_counted_as_the_platforms(books):
    """Nor those that become known after the cut-off."""
    books.lose("refund_abuse", "05-20", "05-20", 90, bearer="seller", order="O-1", back=30, cash=20)
    books.lose("refund_abuse", "05-20", "06-20", 700, bearer="seller", order="O-1")
    books.publish()
    folder = books.close()
    losses = read(folder, "losses", "loss_type", "bearer")
    row = losses["refund_abuse", "seller"]
    assert numbers(row, "gross", "recovered", "cash_recovered", "net") == [90, 30, 20, 60]
    rates = read(folder, "rates", "region")
    assert rates["DE"]["net_loss_minor"] == "200"


def test_a_loss_nobody_reports_is_unknown_and_not_zero(books):
    """The input comes on June 6: unknown on the cut-off of June 5, known in the next close."""
    books.unready_until = MAY
    books.publish()
    folder = books.close()
    assert read(folder, "rates", "region")["DE"]["net_loss_minor"] == ""
    page = (folder / "index.html").read_text()
    assert "<td>Net loss of the month</td><td>unknown</td>" in page
    assert "<td>net_loss</td><td>refunds</td>" in page
    later = books.close("2026-06", JUNE)
    assert "<td>net_loss</td>" not in (later / "index.html").read_text()
    rates = read(later, "rates", "scope", "region")
    assert rates["month", "DE"]["net_loss_minor"] == "0"


def test_reserves_are_those_valued_at_the_end_of_the_month(published):
    rows = read(published.close(), "reserves", "measure", "payment_month")
    assert rows["net_usd", "2026-05"]["reserve"] == "1.00"


def test_the_ledger_stands_beside_the_raw_tables_since_the_last_cut_off(published):
    rows = read(published.close(), "reconciliation", "source_table")
    names = ("raw", "ledger", "difference", "raw_to_date")
    assert numbers(rows["payment_attempts"], *names) == [1840, 1840, 0, 1840]
    rows = read(published.close("2026-06", JUNE), "reconciliation", "source_table")
    assert numbers(rows["payment_attempts"], *names) == [70, 70, 0, 1910]


def test_breaks_are_those_of_the_closed_books_then_and_now(books):
    """60 of May lie in unapplied_cash until June 20; an order of May lacks 15, one of June 99; an
    item that the ledger does not know is refunded by 7 too much."""
    unapplied = (("psp_cash", 60), ("unapplied_cash", -60))
    books.post("U", "05-20", "05-20", *unapplied, order="O-9")
    books.post("V", "06-02", "06-02", ("psp_cash", 3), ("unapplied_cash", -3), order="O-7")
    books.post("W", "06-04", "06-04", ("psp_cash", 1), ("seller_payable", -1), order="O-8")
    books.breaks = [
        ("order", "O-9", "O-9", "order_without_items", "USD", 60, 0, 0),
        ("order", "O-7", "O-7", "order_without_items", "USD", 3, 0, 0),
        ("order", "O-1", "O-1", "payment_below_items", "USD", 0, 15, 0),
        ("order", "O-8", "O-8", "payment_below_items", "USD", 0, 99, 0),
        ("order_item", "I-1", None, "refunded_above_captured", "USD", 0, None, 7),
    ]
    books.publish()
    rows = read(books.close(), "breaks", "cause")
    assert len(rows) == 3
    assert numbers(rows["order_without_items"], "unapplied", "unapplied_then") == [60, 0]
    assert rows["order_without_items"]["largest_subject_id"] == "O-9"
    assert numbers(rows["payment_below_items"], "unapplied", "missing") == [0, 15]
    assert numbers(rows["refunded_above_captured"], "unapplied", "excess") == [0, 7]
    placed = (("unapplied_cash", 60), ("seller_payable", -60))
    books.post("U", "05-20", "06-20", *placed, kind="correction", order="O-9")
    books.breaks = books.breaks[1:]
    books.publish()
    rows = read(books.close("2026-06", JUNE), "breaks", "cause")
    names = ("unapplied", "unapplied_then")
    assert numbers(rows["order_without_items"], *names) == [3, 60]
    assert numbers(rows["payment_below_items"], "missing", "missing_then") == [114, 15]
    assert rows["payment_below_items"]["largest_subject_id"] == "O-8"


@pytest.mark.parametrize(
    ("kind", "name", "where"),
    [
        ("order_item", "I-1", {"item": "I-1"}),
        ("payment_attempts", "P-1", {"payment": "P-1", "table": "refunds"}),
        ("dispute_events", "X", {"table": "dispute_events"}),
    ],
)
def test_a_break_of_what_only_the_next_close_knows_is_left_to_it(books, kind, name, where):
    books.post("X:2", "06-04", "06-04", ("psp_cash", 1), ("seller_payable", -1), **where)
    books.breaks = [(kind, name, None, "double_dip", "USD", 0, 0, 5)]
    books.publish()
    assert read(books.close(), "breaks", "cause") == {}
    assert read(books.close("2026-06", JUNE), "breaks", "cause")["double_dip"]["breaks"] == "1"


def test_a_break_that_was_resolved_later_has_no_cause_any_more(books):
    books.post("U", "05-20", "05-20", ("psp_cash", 60), ("unapplied_cash", -60), order="O-9")
    books.publish()
    assert read(books.close(), "breaks", "cause")["resolved_later"]["unapplied_minor"] == "60"


# --------------------------------------------------------------------- what changed since, and why


def test_what_comes_late_is_a_prior_period_change_of_the_next_close(published):
    """May's cash was 600 and is 670: 70 arrived late. Of the payable, 50 turned out to be tax."""
    first = published.close()
    frozen = bytes_of(first)
    assert read(first, "changes", "account") == {}
    folder = published.close("2026-06", JUNE)
    assert bytes_of(first) == frozen
    rows = read(folder, "trial_balance", "account")
    names = ("opening", "restated", "earlier_months", "month", "closing", "ledger")
    assert numbers(rows["psp_cash"], *names) == [1600, 0, 70, 40, 1710, 1710]
    assert numbers(rows["tax_payable"], *names) == [0, 0, -50, 0, -50, -50]
    changes = read(folder, "changes", "event_month", "account")
    names = ("then", "now", "difference", "arrived_late", "correction", "restated")
    assert numbers(changes["2026-05", "psp_cash"], *names) == [600, 670, 70, 70, 0, 0]
    assert numbers(changes["2026-05", "seller_payable"], *names) == [-800, -820, -20, -70, 50, 0]
    assert numbers(changes["2026-05", "tax_payable"], *names) == [0, -50, -50, 0, -50, 0]
    assert len(changes) == 3


def test_each_cause_counts_its_journals_and_names_the_largest(books):
    books.post("F", "05-31", "06-11", ("psp_cash", 400), ("seller_payable", -400), order="O-1")
    books.publish()
    books.close()
    folder = books.close("2026-06", JUNE)
    causes = read(folder, "causes", "account", "cause")
    late = causes["psp_cash", "arrived_late"]
    assert (late["source_table"], late["fact"], late["journals"]) == (
        "payment_attempts",
        "capture",
        "2",
    )
    assert numbers(late, "amount", "largest") == [470, 400]
    assert (late["largest_source_id"], late["largest_night"]) == ("F", "2026-06-11")
    assert late["largest_journal_id"] == "J-F-06-11"
    reasons = read(folder, "reasons", "event_month", "cause")
    assert reasons["2026-05", "arrived_late"]["journals"] == "2"
    assert reasons["2026-05", "arrived_late"]["debits_usd"] == "4.70"
    assert reasons["2026-05", "correction"]["first_night"] == "2026-06-12"
    page = (folder / "index.html").read_text()
    assert "J-F-06-11" in page
    assert "<td>2026-05</td><td>arrived_late</td><td>payment_attempts</td>" in page
    assert "2026-05 v1, cut-off 2026-06-05" in page


def test_closes_add_up_to_the_ledger(published):
    """Every posting is in exactly one close, wherever the cut-offs lie."""
    folders = [
        published.close("2026-04", day("05-02")),
        published.close("2026-05", day("06-10")),
        published.close("2026-06", day("06-30")),
        published.close("2026-07", LAST),
    ]
    total = 0
    for folder in folders:
        (row,) = [r for k, r in read(folder, "trial_balance", "account").items() if k == "psp_cash"]
        total += sum(numbers(row, "earlier_months", "month"))
    assert total == 1000 + 500 - 200 + 300 + 40 + 70
    assert numbers(row, "closing", "ledger") == [1710, 1710]


def test_dollars_that_lack_a_rate_are_said_to_be_incomplete(books):
    lines = (("psp_cash", 10), ("seller_payable", -10))
    books.post("J", "05-11", "05-11", *lines, currency="JPY")
    books.publish()
    rows = read(books.close(), "trial_balance", "account", "currency")
    assert rows["psp_cash", "JPY"]["is_usd_complete"] == "false"
    assert rows["psp_cash", "USD"]["is_usd_complete"] == "true"


# ----------------------------------------------------------------------------------- restatements


def restated(books, amount=900):
    """April's capture of 1,000 was 900 all along."""
    books.postings = [row for row in books.postings if row[3] != "A"]
    lines = (("psp_cash", amount), ("seller_payable", -amount))
    books.post("A", "04-20", "04-20", *lines, order="O-1")


def test_a_restatement_is_named_and_told_apart_from_late_arrivals(published):
    published.close()
    restated(published)
    published.publish(kind="restatement", first=day("04-20"), reason="April <again>")
    folder = published.close("2026-06", JUNE)
    row = read(folder, "trial_balance", "account")["psp_cash"]
    names = ("opening", "restated", "earlier_months", "month", "closing")
    assert numbers(row, *names) == [1600, -100, 70, 40, 1610]
    changes = read(folder, "changes", "event_month", "account")
    names = ("then", "now", "difference", "arrived_late", "restated")
    assert numbers(changes["2026-04", "psp_cash"], *names) == [1000, 900, -100, 0, -100]
    said = json.loads((folder / "manifest.json").read_text())["restatements"]
    assert [(run["run_id"], run["reason"]) for run in said] == [
        ("000002-2026-04-20-2026-07-31", "April <again>")
    ]
    page = (folder / "index.html").read_text()
    assert "2 balances that were frozen are others now" in page
    assert "April &lt;again&gt;" in page


def test_a_restatement_that_changed_nothing_is_named_too(published):
    published.close()
    published.publish(kind="restatement", first=day("05-01"), reason="a new column")
    folder = published.close("2026-06", JUNE)
    page = (folder / "index.html").read_text()
    assert "a new column" in page
    assert "0 balances that were frozen are others now" in page


def test_a_restatement_of_later_nights_is_none_of_closed_ones(published):
    published.close()
    published.publish(kind="restatement", first=day("06-06"), reason="later")
    folder = published.close("2026-06", JUNE)
    assert json.loads((folder / "manifest.json").read_text())["restatements"] == []
    assert "gives its balances to the unit" in (folder / "index.html").read_text()


def test_a_restatement_that_the_last_close_knew_is_not_told_again(published):
    published.publish(kind="restatement", first=day("05-01"), reason="before the close")
    published.close()
    published.publish()
    folder = published.close("2026-06", JUNE)
    assert json.loads((folder / "manifest.json").read_text())["restatements"] == []


def test_an_undeclared_change_of_the_past_is_refused(published):
    published.close()
    restated(published)
    published.publish()
    with pytest.raises(NightlyError, match=r"what 2026-05 v1 froze .* `make restate FROM="):
        published.close("2026-06", JUNE)


# ------------------------------------------------------------------------------ frozen, and again


def test_the_same_books_give_the_same_bytes(published, tmp_path):
    published.close()
    other = Books(Settings(tmp_path / "landing", tmp_path / "other", memory_limit="2GB"))
    other.postings = published.postings[::-1]
    other.losses = published.losses[::-1]
    other.publish()
    for month, cut_off in (("2026-05", MAY), ("2026-06", JUNE)):
        if month == "2026-06":
            published.close(month, cut_off)
        one = bytes_of(other.close(month, cut_off))
        assert one == bytes_of(published.settings.closes / month / "v1")


def test_a_manifest_says_what_was_frozen(published):
    folder = published.close()
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["cut_off"] == "2026-06-05"
    assert manifest["run"] == "000001-2026-04-01-2026-07-31"
    assert (manifest["code"]["hash"], manifest["policy"]) == ("code1", "policy")
    assert manifest["before"] is None
    assert manifest["files"].keys() == {f"{name}.csv" for name in FILES} | {"index.html"}
    for name, item in manifest["files"].items():
        assert item["sha256"] == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    assert manifest["files"]["trial_balance.csv"]["rows"] == 3


def test_a_closed_month_stays_as_it_is(published):
    frozen = bytes_of(published.close())
    with pytest.raises(NightlyError, match=r"2026-05 is closed \(v1, .*REOPEN=\"why\""):
        published.close()
    folder = published.settings.closes / "2026-05"
    assert bytes_of(folder / "v1") == frozen
    assert [path.name for path in folder.iterdir()] == ["v1"]


def test_a_reopened_month_is_a_new_version_that_tells_what_changed(published):
    """By June 15 the 70 and the correction are known: of May, not of earlier months."""
    first = published.close()
    frozen = bytes_of(first)
    second = published.close(cut_off=day("06-15"), reopen="the auditor's <question>")
    assert second == first.with_name("v2")
    assert bytes_of(first) == frozen
    row = read(second, "trial_balance", "account")["psp_cash"]
    assert numbers(row, "opening", "earlier_months", "month", "closing") == [1000, 0, 670, 1670]
    changes = read(second, "changes", "event_month", "account")
    assert numbers(changes["2026-05", "psp_cash"], "then", "now") == [600, 670]
    page = (second / "index.html").read_text()
    assert "the auditor&#x27;s &lt;question&gt;" in page
    june = published.close("2026-06", JUNE)
    manifest = json.loads((june / "manifest.json").read_text())
    assert manifest["before"]["close"] == "2026-05 v2"
    row = read(june, "trial_balance", "account")["psp_cash"]
    assert numbers(row, "opening", "earlier_months", "month", "closing") == [1670, 0, 40, 1710]


def test_a_close_that_was_killed_leaves_nothing_behind_for_good(published, monkeypatch):
    def killed(*arguments):
        raise KeyboardInterrupt

    folder = published.settings.closes / "2026-05"
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(module, "page", killed)
        published.close()
    assert [path.name for path in folder.iterdir()] == [".v1"]
    published.close()
    assert [path.name for path in folder.iterdir()] == ["v1"]


def test_the_page_opens_by_itself(published):
    page = (published.close() / "index.html").read_text()
    assert page.startswith("<!doctype html>")
    assert not [word for word in ("http", "src=", "href=", "<script", "@import") if word in page]
    for name in FILES:
        assert f"<td>{name}.csv</td>" in page


# ---------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize("text", ["2026-5", "2026-13", "May", "2026-05-01", "", "0000-01"])
def test_a_month_is_written_as_one(published, text):
    with pytest.raises(UsageError, match="is no month: write it as YYYY-MM"):
        published.close(text)


def test_december_ends_before_january():
    december = Month.read("2025-12")
    assert december.last == date(2025, 12, 31)
    assert str(december.next) == "2026-01"


def test_nothing_published(books):
    with pytest.raises(NightlyError, match=r"nothing is published in .*: run `make build`"):
        books.close()


def test_published_marts_that_are_gone(published):
    next(published.settings.published.glob("*.duckdb")).unlink()
    with pytest.raises(NightlyError, match=r"is gone: .*nightly publish"):
        published.close()


def test_a_month_that_has_not_ended(books):
    books.publish(last=day("05-30"))
    with pytest.raises(NightlyError, match="2026-05 has not ended: nights are built up to 2026-05"):
        books.close(cut_off=None)


def test_a_month_that_is_not_wholly_built(books):
    books.publish(first=day("05-02"))
    with pytest.raises(NightlyError, match="not wholly built: night 2026-05-01 is in no completed"):
        books.close()


@pytest.mark.parametrize("end", [day("05-30"), date(2026, 8, 1)])
def test_a_cut_off_lies_between_the_end_of_the_month_and_the_last_night(published, end):
    with pytest.raises(UsageError, match="from 2026-05-31, its last day, to 2026-07-31"):
        published.close(cut_off=end)


def test_the_cut_off_is_the_last_night_where_none_is_given(published):
    folder = published.close(cut_off=None)
    assert json.loads((folder / "manifest.json").read_text())["cut_off"] == "2026-07-31"


def test_a_later_close_knows_no_less(published):
    published.close(cut_off=day("06-20"))
    with pytest.raises(UsageError, match="CUTOFF 2026-06-19 is before 2026-06-20, the cut-off of"):
        published.close(cut_off=day("06-19"), reopen="why not")


def test_a_difference_between_ledger_and_raw_tables(books):
    """Also when it goes away again."""
    books.raw_off = [("05-03", 5), ("05-04", -5)]
    books.publish()
    with pytest.raises(NightlyError, match=r"differ on 2 nights \(refunds, psp_cash: 0 USD to"):
        books.close()
    assert not books.settings.closes.exists()


def test_a_difference_after_the_cut_off_is_of_the_next_close(books):
    books.raw_off = [("06-06", 5)]
    books.publish()
    books.close()
    with pytest.raises(NightlyError, match=r"ledger and raw tables differ on 1 night \("):
        books.close("2026-06", JUNE)


def test_marts_that_contradict_one_another(books):
    books.losses.append((*books.losses[0][:9], 199, *books.losses[0][10:]))
    books.publish()
    with pytest.raises(NightlyError, match="losses are what the loss accounts moved: 200 and 399"):
        books.close()


def test_a_journal_that_does_not_balance(books):
    books.post("X", "05-20", "05-20", ("tax_payable", 7))
    books.publish()
    with pytest.raises(NightlyError, match="the trial balance sums to zero: 0 and 7 USD"):
        books.close()


def test_a_mart_that_is_not_published(books):
    books.missing = ("fct_loss_events",)
    books.publish()
    with pytest.raises(NightlyError, match="have no fct_loss_events: `make nightly`"):
        books.close()


def test_marts_of_older_code(books):
    books.publish()
    (file,) = books.settings.published.glob("*.duckdb")
    with closing(duckdb.connect(str(file))) as connection:
        connection.execute("alter table mart_reconciliation_breaks drop column excess_minor")
    with pytest.raises(NightlyError, match=r"not of this code \(.*excess_minor.*`make restate"):
        books.close()


def test_what_a_run_writes_is_what_a_close_reads(warehouse, landing):
    """Here the manifest is a run's own; the run has none of the marts that a close needs."""
    landing.fill(31, tables=("orders",), count=1)
    run = warehouse.manifest(warehouse.run())
    assert run["code"]["hash"]
    assert run["policy"]["hash"]
    with pytest.raises(NightlyError, match="have no fct_ledger_postings"):
        close(warehouse.settings, "2026-01")


def test_months_close_in_their_order(published):
    published.close()
    with pytest.raises(NightlyError, match="2026-05 was the last: make close MONTH=2026-06 first"):
        published.close("2026-07", LAST)
    with pytest.raises(NightlyError, match="2026-05 v1 rests on what was known of 2026-04"):
        published.close("2026-04", LAST)
    published.close("2026-06", JUNE)
    with pytest.raises(NightlyError, match='make close MONTH=2026-06 REOPEN="why"'):
        published.close(cut_off=LAST, reopen="late money")


def test_only_what_was_closed_is_reopened_and_with_a_reason(published):
    with pytest.raises(UsageError, match="2026-05 was never closed: there is nothing to reopen"):
        published.close(reopen="why")
    with pytest.raises(UsageError, match="REOPEN is empty: give the reason"):
        published.close(reopen=" ")


def test_a_close_that_somebody_edited_is_no_ground_for_the_next(published):
    path = published.close() / "trial_balance.csv"
    path.write_text(path.read_text().replace("1600", "1700"))
    with pytest.raises(NightlyError, match=r"trial_balance\.csv is not what was frozen: restore"):
        published.close("2026-06", JUNE)


def test_the_command_says_where_the_page_is(published, monkeypatch):
    monkeypatch.setenv("RISK_STATE", str(published.settings.state))
    done = CliRunner().invoke(cli, ["close", "--month", "2026-05", "--cutoff", "2026-06-05"])
    assert done.exit_code == 0
    assert "close    2026-05 v1, cut-off 2026-06-05: GMV 8.00 USD, net loss 2.00 USD" in done.output
    assert "2026-05/v1/index.html" in done.output
