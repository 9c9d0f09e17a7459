"""A log made to break the ledger: everything raw rows can get wrong about money, one thing each.

Each seller sells one order of one item (``x``: order ``x``, item ``x-1``, capture ``x-p``), so
that nothing of one case is part of another. Nights count from 0; every row of a money table is
delivered a second time two nights later.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.helpers.tiny_log import OPENED, TinyLog, night_of

LAST = 33
MONTHS_LATER = 120
MONEY = (
    "orders",
    "order_items",
    "payment_attempts",
    "refunds",
    "dispute_events",
    "recoveries",
    "payouts",
    "settlement_lines",
    "fx_rates",
    "promotions",
    "promotion_redemptions",
    "referrals",
    "creator_awards",
    "case_dispositions",
)
RATES = {"EUR": "1.10", "JPY": "0.0065", "KWD": "3.25"}
Break = tuple[str, str, str, int, int]
"""Cause, type and id of the subject, unapplied and excess in minor units."""


class BreakingLog(TinyLog):
    """Rows of money tables, what is not said being the dullest there is."""

    breaks: set[Break]

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.breaks = set()

    def at(self, night: int) -> datetime:
        """Noon of the day a row arrives on."""
        return datetime.combine(night_of(night), datetime.min.time()) + timedelta(hours=12)

    def is_broken(
        self, cause: str, subject: str, name: str, unapplied: int = 0, excess: int = 0
    ) -> None:
        """Say what the breaks have to say of the rows before."""
        self.breaks.add((cause, subject, name, unapplied, excess))

    def order(self, name: str, night: int = 1, currency: str = "EUR", **row: Any) -> None:
        self.add(
            "sellers",
            0,
            seller_id=f"seller-{name}",
            seller_type="business",
            region="DE",
            business_line="marketplace",
            onboarded_at=OPENED,
            status="active",
            record_seq=1,
        )
        given = {
            "order_id": name,
            "buyer_user_id": "buyer",
            "seller_id": f"seller-{name}",
            "region": "DE",
            "business_line": "marketplace",
            "currency": currency,
            "placed_at": self.at(night),
            "status": "paid",
            "record_seq": 1,
        }
        self.add("orders", night, **(given | row))

    def item(
        self, name: str, paid: int = 1000, night: int = 1, currency: str = "EUR", **row: Any
    ) -> None:
        """Sold at 1100: 100 from the platform; fee 5 %, tax 10 %."""
        given = {
            "order_item_id": f"{name}-1",
            "sku_id": "sku",
            "quantity": 1,
            "currency": currency,
            "gross_minor": paid,
            "seller_discount_minor": 0,
            "platform_discount_minor": paid // 10,
            "shipping_minor": 0,
            "shipping_subsidy_minor": 0,
            "tax_minor": paid // 10,
            "paid_minor": paid,
            "platform_fee_minor": paid // 20,
            "affiliate_commission_minor": 0,
            "placed_at": self.at(night),
        }
        self.add("order_items", night, order_id=name, **(given | row))

    def payment(self, name: str, amount: int = 1000, night: int = 1, **row: Any) -> None:
        given = {
            "payment_id": f"{name}-p",
            "order_id": name,
            "kind": "capture",
            "currency": "EUR",
            "amount_minor": amount,
            "result": "approved",
            "attempted_at": self.at(night),
        }
        self.add("payment_attempts", night, **(given | row))

    def void(self, name: str, amount: int = 1000, night: int = 3, **row: Any) -> None:
        given = {"payment_id": f"{name}-v", "kind": "void", "parent_payment_id": f"{name}-p"}
        self.payment(name, amount, night, **(given | row))

    def sale(self, name: str, night: int = 1, currency: str = "EUR", **item: Any) -> None:
        """An order, its item and the capture that pays for it."""
        self.order(name, night, currency)
        self.item(name, night=night, currency=currency, **item)
        self.payment(name, item.get("paid", 1000), night, currency=currency)

    def refund(self, name: str, amount: int = 1000, night: int = 5, **row: Any) -> None:
        given = {
            "refund_id": f"{name}-r",
            "order_item_id": f"{name}-1",
            "currency": "EUR",
            "amount_minor": amount,
            "refund_type": "full",
            "funded_by": "platform",
            "succeeded_at": self.at(night),
        }
        self.add("refunds", night, **(given | row))

    def dispute(
        self, name: str, *stages: tuple[str, int], night: int = 8, nights: int = 2, **row: Any
    ) -> None:
        """Stages with their cash, a stage every two nights; the first costs a fee of 15."""
        for number, (stage, cash) in enumerate(stages):
            given = {
                "dispute_id": f"{name}-d",
                "stage_seq": number + 1,
                "payment_id": f"{name}-p",
                "stage": stage,
                "currency": "EUR",
                "cash_effect_minor": cash,
                "fee_minor": 0 if number else 15,
                "liable_party": "platform",
                "occurred_at": self.at(night + 2 * number),
            }
            self.add("dispute_events", night + nights * number, **(given | row))

    def recovery(self, name: str, stage: str, amount: int, night: int = 14, **row: Any) -> None:
        given = {
            "recovery_id": f"{name}-c",
            "stage": stage,
            "source": "insurance",
            "is_cash": True,
            "currency": "EUR",
            "amount_minor": amount,
            "occurred_at": self.at(night),
        }
        self.add("recoveries", night, **(given | row))

    def payout(self, name: str, amount: int, *states: str, night: int = 16, **row: Any) -> None:
        """A version every two nights."""
        for number, status in enumerate(states):
            given = {
                "payout_id": f"{name}-o",
                "record_seq": number + 1,
                "party_type": "seller",
                "party_id": f"seller-{name}",
                "currency": "EUR",
                "amount_minor": amount,
                "initiated_at": self.at(night),
                "paid_at": self.at(night + 1),
                "returned_at": self.at(night + 3) if "returned" in states[: number + 1] else None,
                "status": status,
            }
            self.add("payouts", night + 2 * number, **(given | row))

    def settlement(self, name: str, kind: str, amount: int, night: int, **row: Any) -> None:
        given = {
            "line_id": f"{name}-{kind}-{night}",
            "seller_id": f"seller-{name}",
            "line_type": kind,
            "currency": "EUR",
            "amount_minor": amount,
            "posted_at": self.at(night),
        }
        self.add("settlement_lines", night, **(given | row))

    def label(self, name: str, scenario: str, night: int = 8, version: int = 1, **row: Any) -> None:
        """An analyst confirms it of the item, unless said otherwise."""
        given = {
            "disposition_id": f"{name}-l",
            "record_seq": version,
            "target_type": "order",
            "target_id": name,
            "order_item_id": f"{name}-1",
            "scenario": scenario,
            "disposition": "confirmed_abuse",
            "label_source": "analyst",
            "labelled_at": self.at(8),
        }
        self.add("case_dispositions", night, **(given | row))

    def referral(
        self, name: str, status: str, night: int = 3, version: int = 1, **row: Any
    ) -> None:
        """300 for who brought somebody, 200 for who came."""
        given = {
            "referral_id": f"{name}-f",
            "record_seq": version,
            "referrer_user_id": f"user-{name}",
            "referee_user_id": f"friend-{name}",
            "signed_up_at": self.at(2),
            "currency": "EUR",
            "referrer_reward_minor": 300,
            "referee_reward_minor": 200,
            "granted_at": self.at(3),
            "status": status,
        }
        self.add("referrals", night, **(given | row))

    def award(self, name: str, status: str, night: int = 3, version: int = 1, **row: Any) -> None:
        given = {
            "award_id": f"{name}-a",
            "record_seq": version,
            "creator_id": f"creator-{name}",
            "program_id": "growth",
            "metric": "views",
            "metric_value": 100.0,
            "tier_threshold": 90.0,
            "currency": "EUR",
            "award_minor": 500,
            "period_start": night_of(0),
            "period_end": night_of(2),
            "awarded_at": self.at(3),
            "status": status,
        }
        self.add("creator_awards", night, **(given | row))

    def redemption(self, name: str, promotion: str, amount: int, night: int = 4) -> None:
        self.add(
            "promotion_redemptions",
            night,
            redemption_id=f"{name}-m",
            promotion_id=promotion,
            user_id=f"user-{name}",
            currency="EUR",
            amount_minor=amount,
            redeemed_at=self.at(night),
        )

    def promotion(self, name: str, kind: str, night: int, version: int = 1) -> None:
        self.add(
            "promotions",
            night,
            promotion_id=name,
            record_seq=version,
            promotion_type=kind,
            funded_by="platform",
            starts_at=OPENED,
        )

    def deliver_again(self) -> None:
        """Every row of the money tables once more, two nights later; one has changed."""
        again = {
            (table, night + 2): [
                row | {"ingested_at": row["ingested_at"] + timedelta(days=2)} for row in rows
            ]
            for (table, night), rows in self.rows.items()
            if table in MONEY and night + 2 <= LAST
        }
        again["payment_attempts", 3][0]["amount_minor"] += 7
        for key, rows in again.items():
            self.rows.setdefault(key, []).extend(rows)


def payments(log: BreakingLog) -> None:
    """Captures, voids, and the orders and items they do not meet."""
    log.sale("whole")
    log.sale("above")
    log.payment("above", 250, 2, payment_id="above-p2")
    log.is_broken("payment_above_items", "order", "above", unapplied=250)
    log.order("below")
    log.item("below")
    log.payment("below", 990)
    log.is_broken("payment_below_items", "order", "below")
    log.payment("no-order", order_id=None)
    log.is_broken("unknown_order", "payment_attempts", "no-order-p", unapplied=1000)
    log.payment("lost-order")
    log.is_broken("unknown_order", "order", "lost-order", unapplied=1000)
    log.order("empty")
    log.payment("empty")
    log.is_broken("order_without_items", "order", "empty", unapplied=1000)
    log.order("late-items")
    log.payment("late-items")
    log.item("late-items", night=9)
    log.order("foreign")
    log.item("foreign")
    log.payment("foreign", currency="USD")
    log.is_broken("currency_mismatch", "order", "foreign", unapplied=1000)
    log.sale("void-above")
    log.void("void-above", 1300)
    log.is_broken("void_above_capture", "order", "void-above", unapplied=-300)
    log.is_broken("void_above_capture", "payment_attempts", "void-above-p", excess=300)
    log.order("early-void")
    log.item("early-void")
    log.void("early-void", night=3)
    log.payment("early-void", night=6)
    log.sale("part-void")
    log.void("part-void", 333)
    log.is_broken("payment_below_items", "order", "part-void")
    log.void("ghost")
    log.is_broken("void_of_unknown_payment", "payment_attempts", "ghost-p", excess=1000)


def refunds(log: BreakingLog) -> None:
    """Refunds above captures, and of things unknown."""
    log.sale("refunded")
    log.refund("refunded", funded_by="seller")
    log.sale("over-refunded")
    log.refund("over-refunded", 1200)
    log.is_broken("refunded_above_captured", "order_item", "over-refunded-1", excess=200)
    log.refund("no-item", 70)
    log.is_broken("unknown_item", "refunds", "no-item-r", unapplied=-70)
    log.sale("foreign-refund")
    log.refund("foreign-refund", 80, currency="USD")
    log.is_broken("currency_mismatch", "refunds", "foreign-refund-r", unapplied=-80)
    log.item("no-parent")
    log.refund("no-parent", 60)
    log.is_broken("unknown_order", "refunds", "no-parent-r", unapplied=-60)


def disputes(log: BreakingLog) -> None:
    """Disputes that take too much, give too much, or come in any order."""
    lost = (("chargeback", -1000), ("lost", 0))
    log.sale("dip")
    log.refund("dip")
    log.dispute("dip", *lost)
    log.is_broken("double_dip", "order", "dip", excess=1000)
    log.sale("triple")
    log.refund("triple", funded_by="seller")
    log.refund("triple", refund_id="triple-r2", night=6, funded_by="seller")
    log.dispute("triple", *lost)
    log.is_broken("refunded_above_captured", "order_item", "triple-1", excess=1000)
    log.is_broken("double_dip", "order", "triple", excess=2000)
    log.sale("twice")
    log.dispute("twice", *lost)
    log.dispute("twice", *lost, dispute_id="twice-d2", liable_party="seller")
    log.is_broken("disputed_above_captured", "order", "twice", excess=1000)
    log.sale("generous")
    log.dispute("generous", ("chargeback", -600), ("won", 900))
    log.is_broken("dispute_above_opening", "dispute_events", "generous-d", unapplied=300)
    log.dispute("nobody", *lost)
    log.is_broken("unknown_payment", "payment_attempts", "nobody-p", excess=1000)
    log.dispute("no-seller", *lost, liable_party="seller")
    log.is_broken("unknown_order", "dispute_events", "no-seller-d", unapplied=-1000)
    log.sale("out-of-order")
    log.dispute("out-of-order", *lost, night=12, nights=-2)
    log.sale("won-after-lost")
    log.dispute("won-after-lost", *lost, ("arbitration", 0), ("won", 1000))
    log.sale("open")
    log.dispute("open", lost[0])


def recoveries(log: BreakingLog) -> None:
    """Claims above the loss, above the claim, on nothing and against nobody."""
    lost = (("chargeback", -1000), ("lost", 0))
    for name in ("insured", "over-insured", "written-off", "collected"):
        log.sale(name)
        log.dispute(name, *lost)
    log.recovery("insured", "booked", 800, dispute_id="insured-d")
    log.recovery("insured", "received", 500, 16, dispute_id="insured-d")
    log.recovery("insured", "written_off", 300, 18, dispute_id="insured-d")
    log.recovery("over-insured", "booked", 1300, dispute_id="over-insured-d")
    log.is_broken("over_recovery", "dispute_events", "over-insured-d", excess=300)
    log.recovery("written-off", "booked", 100, dispute_id="written-off-d")
    log.recovery("written-off", "written_off", 150, 16, dispute_id="written-off-d")
    log.is_broken("write_off_above_claim", "dispute_events", "written-off-d", excess=50)
    log.is_broken("collected_above_claim", "recoveries", "written-off-c", excess=50)
    log.recovery("collected", "booked", 100, dispute_id="collected-d")
    log.recovery("collected", "received", 160, 16, dispute_id="collected-d")
    log.is_broken("collected_above_claim", "recoveries", "collected-c", excess=60)
    log.recovery("unknown", "booked", 90, refund_id="unknown-r")
    log.is_broken("unknown_loss", "refunds", "unknown-r", excess=90)
    log.sale("carried")
    log.refund("carried", 400, funded_by="carrier")
    log.recovery("carried", "booked", 450, refund_id="carried-r", source="carrier")
    log.is_broken("over_recovery", "refunds", "carried-r", excess=50)
    log.sale("seller-borne")
    log.dispute("seller-borne", *lost, liable_party="seller")
    owed = {"source": "clawback", "party_type": "seller", "party_id": "seller-seller-borne"}
    for stage, night in (("booked", 14), ("received", 16)):
        claim = {"dispute_id": "seller-borne-d", "is_cash": False} | owed
        log.recovery("seller-borne", stage, 1000, night, **claim)
    log.sale("insured-twice")
    log.dispute("insured-twice", *lost, liable_party="seller")
    log.recovery("insured-twice", "booked", 40, dispute_id="insured-twice-d")
    log.is_broken("unknown_loss", "dispute_events", "insured-twice-d", excess=40)
    log.sale("against-nobody")
    log.refund("against-nobody", 400)
    log.recovery("against-nobody", "booked", 40, refund_id="against-nobody-r", source="clawback")
    log.is_broken("unknown_party", "recoveries", "against-nobody-c", unapplied=-40)


def sellers(log: BreakingLog) -> None:
    """Payouts that come back and leave again, reserves, and a seller who owes us."""
    for name in ("returned", "paid-again", "in-debt", "reserved"):
        log.sale(name)
    log.payout("returned", 850, "pending", "paid", "returned", "returned")
    log.payout("paid-again", 850, "paid", "returned", "paid")
    log.payout("in-debt", 950, "paid")
    log.refund("in-debt", 400, 20, funded_by="seller")
    log.settlement("reserved", "reserve_hold", -100, 10)
    log.settlement("reserved", "reserve_release", 60, 11)
    log.settlement("reserved", "adjustment", 5, 12)
    log.settlement("reserved", "adjustment", -9, 13)
    log.sale("secured")
    log.settlement("secured", "reserve_hold", -300, 4, order_item_id="secured-1")
    log.dispute("secured", ("chargeback", -800), ("lost", 0), liable_party="seller")


def labels(log: BreakingLog) -> None:
    """Labels that come early, change their mind or their target, and speak of one thing twice."""
    cleared = {"disposition": "not_fraud", "label_source": "appeal"}
    log.sale("overturned")
    log.refund("overturned", 400)
    log.label("overturned", "after_sales", 8)
    log.label("overturned", "after_sales", 10, 2, **cleared, labelled_at=log.at(10))
    log.label("overturned", "after_sales", 12, 3, labelled_at=log.at(12))
    log.sale("twice-labelled")
    log.refund("twice-labelled", 400)
    log.label("twice-labelled", "after_sales", 8)
    of_order: dict[str, Any] = {"order_item_id": None}
    log.label("twice-labelled", "transactions", 10, disposition_id="fraud", **of_order)
    log.label("twice-labelled", "incentives", 12, disposition_id="coupon", **of_order)
    log.label("early-label", "after_sales", 2, **of_order)
    log.sale("early-label", 6)
    log.refund("early-label", 300, 9)
    log.sale("scammer")
    log.refund("scammer", 500)
    log.order("scammer-late", 7, placed_at=log.at(3), seller_id="seller-scammer")
    log.item("scammer-late", night=7)
    log.payment("scammer-late", night=7)
    log.refund("scammer-late", 200, 9)
    log.order("scammer-next", 9, seller_id="seller-scammer")
    log.item("scammer-next", night=9)
    log.payment("scammer-next", night=9)
    log.refund("scammer-next", 100, 10)
    of_seller = {"target_type": "seller", "target_id": "seller-scammer"} | of_order
    log.label("scammer", "scams", 8, **of_seller)
    for name, amount in (("mistaken", 400), ("meant", 250)):
        log.sale(name)
        log.refund(name, amount)
    log.label("mistaken", "after_sales", 8)
    meant = {"target_id": "meant", "order_item_id": "meant-1"}
    log.label("mistaken", "after_sales", 11, 2, **meant)
    log.sale("recaused")
    log.refund("recaused", 600)
    log.label("recaused", "after_sales", 8)
    log.label("recaused", "reselling", 10, 2)
    log.label("recaused", "kyc", 12, 3)
    log.sale("refunded-after")
    log.label("refunded-after", "after_sales", 6)
    log.refund("refunded-after", 300, 9)
    log.refund("refunded-after", 200, 12, refund_id="refunded-after-r2", funded_by="seller")
    log.sale("relabelled")
    stages = (("chargeback", -1000), ("lost", 0), ("arbitration", 0), ("won", 1000))
    log.dispute("relabelled", *stages)
    log.label("relabelled", "collusion", 11)
    log.label("relabelled", "after_sales", 13, 2)
    log.sale("claimed-abuse")
    log.refund("claimed-abuse", 400)
    log.label("claimed-abuse", "after_sales", 8)
    owed = {"source": "clawback", "party_type": "user", "party_id": "buyer", "is_cash": False}
    log.recovery("claimed-abuse", "booked", 400, 10, refund_id="claimed-abuse-r", **owed)
    log.label("claimed-abuse", "after_sales", 12, 2, **cleared)
    for name, currency in (("yen-label", "JPY"), ("dinar-label", "KWD")):
        log.sale(name, currency=currency)
        log.refund(name, 333, currency=currency)
        log.label(name, "after_sales", 8)


def incentives(log: BreakingLog) -> None:
    """Rewards taken back twice, paid twice and without a currency; coupons that come back."""
    of_order: dict[str, Any] = {"order_item_id": None}
    log.sale("coupon")
    log.label("coupon", "incentives", 4, **of_order)
    log.refund("coupon", 1000, 9, funded_by="seller")
    log.award("revoked", "granted")
    log.award("revoked", "reversed", 6, 2)
    log.award("revoked", "reversed", 9, 3, metric_value=1.0)
    for name in ("clawed-back", "taken-twice"):
        log.award(name, "paid")
        log.payout(name, 500, "paid", night=4, party_type="creator", party_id=f"creator-{name}")
        target = {"target_type": "award", "target_id": f"{name}-a"} | of_order
        log.label(name, "incentives", 8, **target)
        owed = {"party_type": "creator", "party_id": f"creator-{name}", "is_cash": False}
        log.recovery(name, "booked", 500, 10, source="clawback", **owed)
    log.award("taken-twice", "reversed", 12, 2)
    log.is_broken("over_recovery", "creator", "creator-taken-twice", excess=500)
    log.referral("paid-twice", "granted")
    for number in (1, 2):
        user = {"party_type": "user", "party_id": "user-paid-twice"}
        log.payout("paid-twice", 300, "paid", payout_id=f"paid-twice-o{number}", **user)
    log.is_broken("paid_above_promised", "user", "user-paid-twice", excess=300)
    log.referral("fake-friend", "granted")
    of_user = {"target_type": "user", "target_id": "user-fake-friend"} | of_order
    log.label("fake-friend", "incentives", 8, **of_user)
    log.referral("fake-friend", "clawed_back", 10, 2)
    log.referral("no-currency", "granted", currency=None)
    log.is_broken("unknown_currency", "referrals", "no-currency-f")
    log.redemption("lost-promotion", "nowhere", 40)
    log.is_broken("unknown_promotion", "promotion_redemptions", "lost-promotion-m")
    log.promotion("back", "cashback", 3)
    log.redemption("cashback", "back", 70)
    of_user = {"target_type": "user", "target_id": "user-cashback"} | of_order
    log.label("cashback", "incentives", 8, **of_user)
    log.promotion("back", "platform_coupon", 11, 2)


def late(log: BreakingLog) -> None:
    """What months bring: a default that is claimed and then earned back as well."""
    for name in ("claimed", "claimed-twice"):
        log.sale(name)
        log.payout(name, 950, "paid")
        log.refund(name, 400, 20, funded_by="seller")
        owed = {"source": "collections", "party_type": "seller", "party_id": f"seller-{name}"}
        log.recovery(name, "booked", 380, MONTHS_LATER + 1, **owed)
    log.order("claimed-next", MONTHS_LATER + 3, seller_id="seller-claimed-twice")
    log.item("claimed-next", night=MONTHS_LATER + 3)
    log.payment("claimed-next", night=MONTHS_LATER + 3)
    log.is_broken("over_recovery", "seller", "seller-claimed-twice", excess=380)
    log.sale("released")
    log.settlement("released", "reserve_hold", -300, 4, order_item_id="released-1")
    log.dispute("released", ("chargeback", -800), ("lost", 0), liable_party="seller")
    log.settlement("released", "reserve_release", 300, 20, order_item_id="released-1")


def units(log: BreakingLog) -> None:
    """Currencies with exponents 0 and 3, one without a rate, and parts nobody knows."""
    log.sale("yen", currency="JPY", paid=1001)
    log.refund("yen", 333, currency="JPY", funded_by="seller")
    log.sale("dinar", currency="KWD", paid=1234567)
    log.refund("dinar", 1234567, currency="KWD")
    log.sale("no-rate", night=15, currency="GBP")
    log.sale("no-parts", tax_minor=None, platform_fee_minor=None)
    for night in (*range(LAST + 1), MONTHS_LATER):
        for currency, rate in RATES.items():
            rate_of(log, night, currency, rate)
    rate_of(log, 0, "GBP", "1.30")


def rate_of(log: BreakingLog, night: int, currency: str, rate: str) -> None:
    day: date = night_of(night)
    log.add("fx_rates", night, rate_date=day, currency=currency, usd_per_unit=Decimal(rate))


def breaking_log(root: Path) -> BreakingLog:
    """The whole log, not yet written."""
    log = BreakingLog(root)
    log.user("buyer")
    for part in (payments, refunds, disputes, recoveries, sellers, labels, incentives, late, units):
        part(log)
    log.deliver_again()
    return log
