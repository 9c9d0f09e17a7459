"""The invariants of ledger and exposure on a log made to break them, each shown red.

Real dbt builds the log once: every invariant holds, and what the raw rows get wrong is listed by
its cause. Then one thing at a time is broken behind dbt's back, in a transaction.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.helpers.project import PROJECT, dbt
from tests.ledger.breaking_log import Break, breaking_log
from tests.replay.harness import INVARIANTS

TESTS = {
    path.stem: f"tests/{suite}/{path.name}"
    for suite in INVARIANTS
    for path in sorted((PROJECT / "tests" / suite).glob("*.sql"))
}
POSTINGS = "marts.fct_ledger_postings"
BREAKS = "marts.mart_reconciliation_breaks"


@dataclass
class Ledger:
    """A built database, the compiled SQL of the project and what the log gets wrong."""

    connection: duckdb.DuckDBPyConnection
    compiled: Path
    breaks: set[Break]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def red(self) -> set[str]:
        """The invariants that do not hold."""
        return {
            name for name, path in TESTS.items() if self.rows((self.compiled / path).read_text())
        }

    def build_again(self, model: str) -> None:
        """Fill a table anew from what it reads."""
        ((relation,),) = self.rows(
            "select table_schema || '.' || table_name from information_schema.tables "
            f"where table_name = '{model}'"
        )
        (path,) = self.compiled.glob(f"models/**/{model}.sql")
        self.rows(f"create temp table again as {path.read_text()}")
        self.rows(f"delete from {relation}")
        self.rows(f"insert into {relation} by name from again")
        self.rows("drop table again")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    work = tmp_path_factory.mktemp("ledger")
    log = breaking_log(work / "landing")
    dbt(
        *("build", "--exclude-resource-type", "unit_test"),
        *("--indirect-selection", "cautious", "--select"),
        *(f"+path:tests/{suite}" for suite in INVARIANTS),
        landing=log.write(),
        state=work / "state",
        target=work / "target",
        RISK_HASH_KEY="a key of these tests",
    )
    with duckdb.connect(str(work / "state" / "build.duckdb")) as connection:
        connection.execute("set TimeZone = 'UTC'")
        compiled = work / "target" / "compiled" / "marketplace_risk_warehouse"
        yield Ledger(connection, compiled, log.breaks)


@pytest.fixture
def ledger(built: Ledger) -> Iterator[Ledger]:
    """The database as it was, for each test."""
    built.connection.execute("begin")
    yield built
    built.connection.execute("rollback")


def test_every_invariant_holds_on_a_log_made_to_break_them(ledger: Ledger) -> None:
    assert ledger.red() == set()


def test_every_break_is_named_and_nothing_else_is(ledger: Ledger) -> None:
    found = ledger.rows(
        f"select cause, subject_type, subject_id, unapplied_minor, excess_minor from {BREAKS}"
    )
    assert len(found) == len(set(found))
    assert set(found) == ledger.breaks


def test_the_ledger_shows_the_raw_money_of_every_day_source_and_currency(ledger: Ledger) -> None:
    """Redelivered rows count once, the first wins; by event day and by night."""
    found = ledger.rows(
        "select source_table, currency, count(*) filter (where difference_minor <> 0) "
        "from marts.mart_ledger_reconciliation group by all"
    )
    assert {difference for *_, difference in found} == {0}
    assert {source for source, *_ in found} == {
        "payment_attempts",
        "refunds",
        "dispute_events",
        "recoveries",
        "payouts",
        "settlement_lines",
        "referrals",
        "creator_awards",
        "promotion_redemptions",
    }
    assert {currency for _, currency, _ in found} == {"EUR", "USD", "GBP", "JPY", "KWD"}


def balances(ledger: Ledger, where: str) -> dict[str, int]:
    """What each account of money holds of some postings, where not nothing."""
    return dict(
        ledger.rows(
            f"select account, sum(amount_minor)::bigint from {POSTINGS} "
            f"where {where} and account not like 'memo_%' "
            "group by account having sum(amount_minor) <> 0"
        )
    )


def test_what_comes_out_of_order_ends_as_it_would_in_order(ledger: Ledger) -> None:
    """A loss that was won after all is none; one whose opening came last is one."""
    cash = "fact <> 'fee' and payment_id = "
    assert balances(ledger, f"{cash}'out-of-order-p' and source_table = 'dispute_events'") == {
        "psp_cash": -1000,
        "loss_payment_fraud": 1000,
    }
    assert balances(ledger, f"{cash}'won-after-lost-p' and source_table = 'dispute_events'") == {}
    assert balances(ledger, f"{cash}'open-p' and source_table = 'dispute_events'") == {
        "psp_cash": -1000,
        "dispute_clearing": 1000,
    }
    assert balances(ledger, "payment_id = 'early-void-p'") == {}
    # 1000 paid and 100 of the platform, less 50 of fee and 100 of tax
    assert balances(ledger, "payment_id = 'late-items-p'") == {
        "psp_cash": 1000,
        "promo_expense": 100,
        "platform_fee_revenue": -50,
        "tax_payable": -100,
        "seller_payable": -950,
    }


def test_payouts_come_back_once_and_debts_are_receivable(ledger: Ledger) -> None:
    assert balances(ledger, "source_id = 'returned-o'") == {}
    assert balances(ledger, "source_id = 'paid-again-o'") == {
        "psp_cash": -850,
        "seller_payable": 850,
    }
    # sold for 950, charged 1000 by the dispute, and not once more by the claim for it
    early = "night < '2026-02-15' and party_id = "
    assert balances(ledger, f"{early}'seller-seller-borne'") == {"seller_receivable": 50}
    # 950 sold and paid out; of a refund of 400 the seller bears 400 + 40 - 20 - 40 = 380
    assert balances(ledger, f"{early}'seller-in-debt'") == {"seller_receivable": 380}
    assert balances(ledger, "party_id = 'seller-in-debt'") == {"loss_seller_default": 380}
    # held 100, released 60; adjusted by +5 and -9
    assert balances(ledger, "party_id = 'seller-reserved' and night > '2026-01-05'") == {
        "seller_reserve": -40,
        "seller_payable": 44,
        "adjustment_expense": -4,
    }
    # sold for 950, 300 of it held; a dispute of 800 takes those 300 first
    assert balances(ledger, "party_id = 'seller-secured'") == {"seller_payable": -150}


def test_dollars_follow_the_exponent_and_are_never_guessed(ledger: Ledger) -> None:
    def cash(payment: str) -> list[tuple[Any, ...]]:
        return ledger.rows(
            f"select sum(amount_minor)::bigint, sum(amount_usd)::varchar from {POSTINGS} "
            f"where source_id = '{payment}' and account = 'psp_cash'"
        )

    # 1001 yen at 0.0065; 1234.567 dinars at 3.25; 10.00 euros at 1.10
    assert cash("yen-p") == [(1001, "6.51")]
    assert cash("dinar-p") == [(1234567, "4012.34")]
    assert cash("whole-p") == [(1000, "11.00")]
    # the pound's last rate is 15 days old
    assert cash("no-rate-p") == [(1000, None)]


def test_unknown_parts_are_not_posted(ledger: Ledger) -> None:
    where = "payment_id = 'no-parts-p'"
    assert balances(ledger, where) == {
        "psp_cash": 1000,
        "promo_expense": 100,
        "seller_payable": -1100,
    }
    lines = f"{where} and order_item_id is not null"
    assert ledger.rows(f"select distinct is_complete from {POSTINGS} where {lines}") == [(False,)]


LOST, ABUSE = "loss_buyer_protection", "loss_refund_abuse"
SPENT, DECEIT = "incentive_expense", "loss_incentive_abuse"
MOVES = {
    # 400 refunded, confirmed on night 8, overturned by an appeal, confirmed again
    "overturned": [(8, LOST, ABUSE, 400), (10, ABUSE, LOST, 400), (12, LOST, ABUSE, 400)],
    # the item's label, then one of its order with precedence: never 800; its coupon is apart
    "twice-labelled": [
        (8, LOST, ABUSE, 400),
        (10, ABUSE, "loss_payment_fraud", 400),
        (12, "promo_expense", DECEIT, 100),
    ],
    # labelled on night 2, ordered on night 6, refunded 300 on night 9
    "early-label": [(9, LOST, ABUSE, 300)],
    # the seller of three orders, of which one was placed a day after the label
    "scammer": [(8, LOST, "loss_seller_default", 500)],
    "scammer-late": [(9, LOST, "loss_seller_default", 200)],
    "scammer-next": [],
    # the label's second version names another item
    "mistaken": [(8, LOST, ABUSE, 400), (11, ABUSE, LOST, 400)],
    "meant": [(11, LOST, ABUSE, 250)],
    # refund abuse, then reselling, then an identity, which is no cause of loss
    "recaused": [
        (8, LOST, ABUSE, 600),
        (10, ABUSE, "loss_reseller", 600),
        (12, "loss_reseller", LOST, 600),
    ],
    # of 200 the seller bears 200 + 20 of promotion - 10 of fee - 20 of tax
    "refunded-after": [(9, LOST, ABUSE, 300), (12, "memo_contra", "memo_loss_seller", 190)],
    # lost on night 10, collusion on 11, refund abuse on 13, won after all on 14
    "relabelled": [
        (11, "loss_payment_fraud", "loss_collusion", 1000),
        (13, "loss_collusion", ABUSE, 1000),
        (14, ABUSE, "loss_payment_fraud", 1000),
    ],
    # 400 refunded, labelled, claimed back on night 10; overturned, both go back: nothing moves
    "claimed-abuse": [(8, LOST, ABUSE, 400), (10, ABUSE, LOST, 400)],
    "yen-label": [(8, LOST, ABUSE, 333)],
    "dinar-label": [(8, LOST, ABUSE, 333)],
    # the coupon of 100 comes back with the refund of the item
    "coupon": [(4, "promo_expense", DECEIT, 100), (9, DECEIT, "promo_expense", 100)],
    # never labelled: revoking moves no loss
    "revoked": [],
    "clawed-back": [(8, SPENT, DECEIT, 500)],
    "taken-twice": [(8, SPENT, DECEIT, 500), (12, DECEIT, SPENT, 500)],
    # 300 for the one who brought, 200 for the one who came
    "fake-friend": [(8, SPENT, DECEIT, 500), (10, DECEIT, SPENT, 500)],
    # the promotion turns out to be no cashback
    "cashback": [(8, SPENT, DECEIT, 70), (11, DECEIT, SPENT, 70)],
}


@pytest.mark.parametrize("name", MOVES)
def test_labels_move_what_was_lost_and_take_it_back(ledger: Ledger, name: str) -> None:
    ids = f"('{name}', '{name}-1', '{name}-a', '{name}-f', '{name}-m')"
    found = ledger.rows(
        "select date_diff('day', date '2026-01-01', night)::int, account, "
        f"sum(amount_minor)::bigint from {POSTINGS} where fact like '%\\_attribution' escape '\\' "
        f"and coalesce(order_id, order_item_id, source_id) in {ids} "
        "group by all having sum(amount_minor) != 0"
    )
    moved = [
        (night, account, amount)
        for night, start, end, lost in MOVES[name]
        for account, amount in ((start, -lost), (end, lost))
    ]
    assert sorted(found) == sorted(moved)


def test_labels_move_dollars_at_the_rate_of_the_loss(ledger: Ledger) -> None:
    """333 yen at 0.0065 are 2.16; 0.333 dinars at 3.25 are 1.08."""
    for name, dollars in (("yen-label", "2.16"), ("dinar-label", "1.08")):
        where = f"order_id = '{name}' and account = '{ABUSE}'"
        assert ledger.rows(f"select amount_usd::varchar from {POSTINGS} where {where}") == [
            (dollars,)
        ]


def test_rewards_are_paid_taken_back_and_claimed_once(ledger: Ledger) -> None:
    def owed(party: str) -> dict[str, int]:
        return balances(ledger, f"party_id = '{party}'")

    assert balances(ledger, "source_id = 'revoked-a'") == {}
    # paid, not taken back, but claimed: the creator owes it
    assert owed("creator-clawed-back") == {"creator_payable": 500}
    assert owed("creator-taken-twice") == {"creator_payable": 1000}
    # promised 300, paid 600
    assert owed("user-paid-twice") == {"wallet_liability": 300}
    assert owed("friend-paid-twice") == {"wallet_liability": -200}
    losses = f"account = '{DECEIT}' and source_id in "
    assert balances(ledger, f"{losses}('clawed-back-a', 'clawed-back-c')") == {}
    assert balances(ledger, f"{losses}('taken-twice-a', 'taken-twice-c')") == {DECEIT: -500}


def test_a_default_that_is_claimed_and_earned_back_is_recovered_twice(ledger: Ledger) -> None:
    """380 owed, written off and claimed; one of the two sellers then earns 950."""
    loss = "account = 'loss_seller_default' and "
    for name, left in (("claimed", {}), ("claimed-twice", {"loss_seller_default": -380})):
        ids = f"('seller-{name}:EUR:2026-01-21', '{name}-c')"
        assert balances(ledger, f"{loss}source_id in {ids}") == left
        assert balances(ledger, f"source_id = '{name}-c' and account != 'loss_seller_default'") == {
            "seller_receivable": 380
        }
    earned = "party_id = 'seller-claimed-twice' and source_table != 'recoveries'"
    assert balances(ledger, f"{earned} and night < '2026-05-01'") == {"seller_receivable": 380}
    assert balances(ledger, earned) == {"seller_payable": -570}


def test_a_reserve_pays_for_one_dispute_and_secures_nothing_else(ledger: Ledger) -> None:
    """Of 1000 a dispute takes 800: 300 of it the reserve. 200 are open, none of them secured."""
    states = ledger.rows(
        "select date_diff('day', date '2026-01-01', night)::int, kept_minor, reserve_minor "
        "from intermediate.int_exposure_states where order_id = 'released' order by night"
    )
    assert states == [(1, 1000, 0), (4, 1000, 300), (10, 200, 0), (20, 200, 0)]
    secured = ledger.rows(
        "select sum(secured_minor)::bigint, sum(ead_minor)::bigint "
        "from intermediate.int_exposure_deltas "
        "where order_id = 'released' and effective_on <= '2026-01-15'"
    )
    assert secured == [(0, 200)]
    # used, then released: 950 sold less 800
    assert balances(ledger, "party_id = 'seller-released'") == {"seller_payable": -150}


@dataclass(frozen=True)
class Fault:
    """What is done to the database, and the invariants that must then be red: no others."""

    number: int
    name: str
    red: str
    sql: str
    build_again: str | None = None


def posting(where: str) -> str:
    """One posting."""
    return f"posting_id = (select min(posting_id) from {POSTINGS} where {where})"


IN_DEBT = posting("fact = 'reclass' and party_id = 'seller-in-debt'")
TAX = posting("source_id = 'whole-p' and account = 'tax_payable'")
FEE = posting("source_id = 'whole-p' and account = 'platform_fee_revenue'")
CASH = posting("source_id = 'whole-p' and account = 'psp_cash'")
LOST = posting("source_id like 'twice-d2:%' and account = 'seller_payable'")


def journal(*lines: tuple[str, int], like: str = IN_DEBT, source: str = "seller_balance") -> str:
    """A journal of these lines that no fact stands behind, of the party of another posting."""
    values = ", ".join(f"('{account}', {amount})" for account, amount in lines)
    return (
        f"insert into {POSTINGS} by name select postings.* replace (line.account as account, "
        "line.amount_minor as amount_minor, null as amount_usd, 'forged' as journal_id, "
        f"'forged ' || line.account as posting_id, '{source}' as source_table, "
        f"'reclass' as journal_kind) from {POSTINGS} as postings, "
        f"(values {values}) as line (account, amount_minor) "
        f"where {like}"
    )


def move(where: str, account: str) -> str:
    """One posting stands on another account."""
    return f"update {POSTINGS} set account = '{account}' where {posting(where)}"


def unnamed(cause: str) -> str:
    """Nobody says so any more."""
    return f"delete from {BREAKS} where cause = '{cause}'"


CLOSED = "source_id = 'insured-d:2' and account = 'dispute_clearing'"
VOIDED = "source_id = 'part-void-v' and account = "
FAULTS = [
    Fault(
        1,
        "a unit too much",
        "journals_sum_to_zero",
        f"update {POSTINGS} set amount_minor = amount_minor + 1 where {TAX}",
    ),
    Fault(
        1,
        "a posting is gone",
        "journals_sum_to_zero",
        f"delete from {POSTINGS} where {FEE}",
    ),
    Fault(
        1,
        "a cent too much",
        "journals_sum_to_zero",
        f"update {POSTINGS} set amount_usd = amount_usd + 0.01 where {TAX}",
    ),
    Fault(
        1,
        "a dollar called rounding",
        "rounding_stays_below_a_cent_a_line",
        f"insert into {POSTINGS} by name select line.* replace ("
        "line.posting_id || forged.account as posting_id, forged.account as account, "
        "0 as amount_minor, forged.amount_usd as amount_usd) "
        f"from (select * from {POSTINGS} where {TAX}) as line, (values "
        "('fx_gain_loss', 1.00), ('tax_payable', -1.00)) as forged (account, amount_usd)",
    ),
    Fault(
        2,
        "a refund twice under two ids",
        "ledger_equals_raw",
        "insert into staging.stg_refunds by name select * replace ('again' as refund_id, "
        "1 as amount_minor) from staging.stg_refunds where refund_id = 'against-nobody-r'",
        "mart_ledger_reconciliation",
    ),
    Fault(
        2,
        "cash on another day",
        "ledger_equals_raw",
        f"update {POSTINGS} set event_at = event_at + interval 1 day where {CASH}",
        "mart_ledger_reconciliation",
    ),
    Fault(
        3,
        "a movement posted twice",
        "facts_are_posted_once",
        f"insert into {POSTINGS} by name select * replace (journal_id || '2' as journal_id, "
        "posting_id || '2' as posting_id, 0 as amount_minor, 0.00 as amount_usd) "
        f"from {POSTINGS} where source_id = 'whole-p'",
    ),
    Fault(
        3,
        "a journal without a movement",
        "facts_are_posted_once",
        "delete from intermediate.int_ledger_facts where source_id = 'whole-p'",
    ),
    Fault(
        3,
        "a movement never posted",
        "facts_are_posted_once",
        f"delete from {POSTINGS} where source_id = 'reserved-adjustment-13'",
    ),
    Fault(
        4,
        "a closed dispute keeps its money in clearing",
        "dispute_clearing_holds",
        move(CLOSED, "adjustment_expense"),
    ),
    Fault(
        5,
        "a payable below nothing",
        "sellers_are_never_owed_less_than_nothing",
        journal(("seller_payable", 1), ("adjustment_expense", -1)),
    ),
    Fault(
        5,
        "a reserve is used that is not held",
        "reserves_pay_before_sellers_do",
        journal(("seller_reserve", 1), ("seller_payable", -1), like=LOST, source="order_reserve"),
    ),
    Fault(
        6,
        "a loss the ledger does not hold",
        "losses_equal_the_ledger",
        "update marts.mart_capital_loss_daily set net_loss_minor = net_loss_minor + 1, "
        "gross_loss_minor = gross_loss_minor + 1 where loss_type = 'dispute_fee'",
    ),
    Fault(
        6,
        "net is not gross less recovered",
        "losses_equal_the_ledger",
        "update marts.mart_capital_loss_daily set recovered_minor = recovered_minor + 1 "
        "where loss_type = 'dispute_fee'",
    ),
    Fault(7, "a claim above its loss", "recoveries_stay_below_losses", unnamed("over_recovery")),
    Fault(7, "a claim on nothing", "recoveries_stay_below_losses", unnamed("unknown_loss")),
    Fault(
        7,
        "less than nothing back",
        "recoveries_stay_below_losses",
        unnamed("write_off_above_claim"),
    ),
    Fault(
        7,
        "a flag without a reason",
        "recoveries_stay_below_losses",
        f"update {BREAKS} set cause = 'over_recovery' where cause = 'collected_above_claim'",
    ),
    Fault(
        8,
        "a refund above its capture",
        "paid_back_stays_below_captured",
        unnamed("refunded_above_captured") + " and subject_id = 'over-refunded-1'",
    ),
    Fault(8, "refunded and charged back", "paid_back_stays_below_captured", unnamed("double_dip")),
    Fault(
        8,
        "two disputes of one payment",
        "paid_back_stays_below_captured",
        unnamed("disputed_above_captured"),
    ),
    Fault(
        8,
        "a promotion above its discount",
        "paid_back_stays_below_captured",
        "update staging.stg_order_items set platform_discount_minor = 99 "
        "where order_item_id = 'whole-1'",
    ),
    Fault(
        9,
        "a reversal on another account",
        "reversals_mirror_their_original",
        move(f"{VOIDED} 'platform_fee_revenue'", "tax_payable"),
    ),
    Fault(
        9,
        "a reversal with the sign of its original",
        "reversals_mirror_their_original",
        f"update {POSTINGS} set amount_minor = amount_minor "
        "+ case account when 'tax_payable' then -66 else 66 end "
        f"where {VOIDED} 'tax_payable' or {VOIDED} 'seller_payable'",
    ),
    Fault(
        9,
        "a reversal above its original",
        "reversals_mirror_their_original",
        f"update {POSTINGS} set amount_minor = amount_minor "
        "+ case account when 'tax_payable' then 100 else -100 end "
        f"where {VOIDED} 'tax_payable' or {VOIDED} 'seller_payable'",
    ),
    Fault(
        9,
        "a payout comes back to the wrong account",
        "reversals_mirror_their_original",
        f"update {POSTINGS} set account = 'creator_payable' "
        "where source_id = 'returned-o' and fact = 'payout_return' "
        "and account = 'seller_payable'",
    ),
    Fault(
        10,
        "an item lost to two causes",
        "an_item_has_one_live_loss",
        "insert into marts.fct_loss_events by name select * replace ('collusion' as loss_type) "
        "from marts.fct_loss_events where order_item_id = 'over-refunded-1'",
    ),
    Fault(
        11,
        "a valuation the ledger does not give",
        "valuations_equal_the_ledger_as_of",
        "update marts.mart_loss_reserves set latest_value = latest_value + 0.01 "
        "where measure = 'net_usd'",
    ),
    Fault(
        12,
        "secured and EAD are not all",
        "secured_and_unsecured_are_all",
        "update marts.mart_exposure_daily set secured_minor = secured_minor + 1",
    ),
    Fault(
        12,
        "a snapshot that changed",
        "snapshots_are_the_sum_of_their_deltas",
        "update marts.mart_exposure_daily set gross_minor = gross_minor + 1, "
        "ead_minor = ead_minor + 1 where night = '2026-01-10'",
    ),
    Fault(
        12,
        "sellers who expose more than all",
        "sellers_add_up_to_all",
        "update intermediate.int_exposure_sellers set gross_usd = gross_usd + 0.01",
    ),
    Fault(
        13,
        "a diagonal that is not the ledger",
        "triangles_add_up_to_the_ledger",
        "update intermediate.int_loss_triangles set cumulative = cumulative + 0.01 "
        "where measure = 'net_usd' and next_cumulative is null",
    ),
    Fault(
        13,
        "a month that lost less than nothing",
        "triangles_add_up_to_the_ledger",
        "update intermediate.int_loss_triangles set increment = -1 where measure = 'gross_usd'",
    ),
    Fault(
        14,
        "memo accounts that do not cancel out",
        "memo_accounts_balance",
        journal(("memo_loss_seller", 5), ("memo_contra", -4), ("fx_gain_loss", -1)),
    ),
    Fault(
        14,
        "a memo that moves cash",
        "memo_accounts_balance",
        journal(("memo_loss_seller", 5), ("memo_contra", -5), ("psp_cash", 3), ("psp_fee", -3)),
    ),
    Fault(
        0,
        "more written off than is owed",
        "defaults_are_what_sellers_owe",
        journal(("seller_receivable", -1), ("adjustment_expense", 1)),
    ),
    Fault(
        0,
        "a reward paid twice",
        "payouts_stay_below_promises",
        unnamed("paid_above_promised"),
    ),
    Fault(
        0,
        "a reserve that secures what it has paid for",
        "reserves_secure_once",
        "update intermediate.int_exposure_states set reserve_minor = 300 "
        "where order_id = 'secured' and reserve_minor = 0 and night > '2026-01-05'",
    ),
    Fault(
        0,
        "a reserve that is not used",
        "reserves_pay_before_sellers_do",
        move("source_table = 'order_reserve' and account = 'seller_reserve'", "seller_payable"),
    ),
    Fault(
        0,
        "spend the ledger does not hold",
        "incentives_equal_the_ledger",
        "update marts.mart_incentive_leakage set spend_minor = spend_minor + 1",
    ),
    Fault(
        0,
        "a loss to incentive abuse that is no leak",
        "incentive_losses_are_leaks",
        "update intermediate.int_incentive_spend set is_loss = not is_loss "
        "where spend_id = (select min(spend_id) from intermediate.int_incentive_spend)",
    ),
    Fault(
        0,
        "a side from which the losses do not add up",
        "losses_add_up_from_every_side",
        "update intermediate.int_loss_rate_cells set net_minor = net_minor + 1",
    ),
    Fault(
        0,
        "unapplied cash that nothing explains",
        "unapplied_cash_is_explained",
        unnamed("payment_above_items"),
    ),
    Fault(
        0,
        "orders without their cash",
        "orders_carry_the_captured_cash",
        "update marts.fct_orders set captured_minor = captured_minor + 1 where order_id = 'whole'",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.number} {fault.name}")
def test_an_invariant_goes_red_alone(ledger: Ledger, fault: Fault) -> None:
    """Broken on purpose, each is the one that says so."""
    changed = ledger.rows(fault.sql)
    assert changed and changed[0][0] > 0
    if fault.build_again:
        ledger.build_again(fault.build_again)
    assert ledger.red() == {fault.red}


def test_every_invariant_was_seen_red() -> None:
    assert {fault.red for fault in FAULTS} == set(TESTS), "add a Fault for each new test"
