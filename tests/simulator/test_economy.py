"""The economy: amounts add up, references hold, money follows goods."""

import pytest

PARENTS = {
    "users": "user_id",
    "sellers": "seller_id",
    "creators": "creator_id",
    "orders": "order_id",
    "order_items": "order_item_id",
    "products": "sku_id",
    "sessions": "session_id",
    "devices": "device_id",
    "shipments": "shipment_id",
    "returns": "return_id",
    "refunds": "refund_id",
    "payment_attempts": "payment_id",
    "content": "content_id",
    "promotions": "promotion_id",
    "payout_accounts": "payout_account_id",
    "kyc_submissions": "submission_id",
    "addresses": "address_id",
    "dispute_events": "dispute_id",
}
ROLES = {
    "buyer_user_id": "user_id",
    "owner_user_id": "user_id",
    "actor_user_id": "user_id",
    "reporter_user_id": "user_id",
    "referrer_user_id": "user_id",
    "referee_user_id": "user_id",
    "referred_by_user_id": "user_id",
    "signup_device_id": "device_id",
    "added_device_id": "device_id",
    "click_device_id": "device_id",
    "parent_payment_id": "payment_id",
    "return_shipment_id": "shipment_id",
    "shipping_address_id": "address_id",
    "warehouse_address_id": "address_id",
    "registered_address_id": "address_id",
    "qualifying_order_id": "order_id",
}


@pytest.mark.parametrize("parent", PARENTS)
def test_references_hold(demo, parent):
    key = PARENTS[parent]
    columns = demo.all("select table_name, column_name from duckdb_columns() where not internal")
    pointing = [
        (table, column)
        for table, column in columns
        if not table.startswith(("once_", "last_"))
        and ROLES.get(column, column) == key
        and (table != parent or column != key)
    ]
    assert pointing
    for table, column in pointing:
        orphans = demo.one(
            f"select count(*) from {table} where {column} is not null"
            f" and {column} not in (select {key} from {parent})"
        )
        assert orphans == 0, (table, column)


@pytest.mark.parametrize(
    ("party", "parent"),
    [
        ("user", "users.user_id"),
        ("seller", "sellers.seller_id"),
        ("creator", "creators.creator_id"),
    ],
)
@pytest.mark.parametrize(
    "table", ["payouts", "payout_accounts", "kyc_submissions", "account_changes", "addresses"]
)
def test_parties_exist(demo, table, party, parent):
    name, key = parent.split(".")
    orphans = f"party_type = '{party}' and party_id not in (select {key} from {name})"
    assert demo.one(f"select count(*) from {table} where {orphans}") == 0


def test_paid_is_the_sum_of_its_parts_to_the_minor_unit(demo):
    assert demo.one("select count(*) from order_items where platform_discount_minor > 0") > 0
    assert demo.one("select count(*) from order_items where shipping_subsidy_minor > 0") > 0
    wrong = demo.one(
        "select count(*) from order_items where paid_minor <= 0 or paid_minor <> gross_minor"
        " - seller_discount_minor - platform_discount_minor + shipping_minor"
        " - shipping_subsidy_minor + tax_minor"
    )
    assert wrong == 0


def test_a_capture_is_the_sum_of_its_items(demo):
    wrong = demo.one(
        "select count(*) from once_payment_attempts join (select order_id, sum(paid_minor) as paid"
        " from once_order_items group by 1) using (order_id)"
        " where kind = 'capture' and amount_minor <> paid"
    )
    assert wrong == 0
    early = "select count(*) from payment_attempts where kind = 'capture' and settled_at is null"
    assert demo.one(early) == 0
    assert demo.one(early.replace("settled_at is null", "ingested_at < settled_at")) == 0


def test_no_more_is_refunded_than_was_captured(demo):
    wrong = demo.one(
        "select count(*) from (select payment_id, sum(amount_minor) as back from once_refunds"
        " group by 1) join once_payment_attempts using (payment_id) where back > amount_minor"
    )
    assert wrong == 0
    unnamed = "select count(*) from refunds where payment_id is null or amount_minor <= 0"
    assert demo.one(unnamed) == 0


def test_a_dispute_never_gives_us_money_beyond_what_it_took(demo):
    running = (
        "select sum(cash_effect_minor) over (partition by dispute_id order by stage_seq) as cash,"
        " fee_minor from once_dispute_events"
    )
    assert demo.one(f"select count(*) from ({running}) where cash > 0 or fee_minor < 0") == 0
    assert demo.one("select count(distinct stage) from dispute_events") >= 4


def test_one_currency_per_region_with_exponents_zero_two_and_three(demo):
    pairs = dict(demo.all("select distinct region, currency from orders"))
    assert {"JPY", "KWD", "USD", "EUR", "BRL"} <= set(pairs.values())
    assert len(pairs) == len(demo.all("select distinct region, currency from orders"))
    typical = dict(demo.all("select currency, median(gross_minor) from order_items group by 1"))
    for currency, exponent, usd in [("JPY", 0, 0.0066), ("USD", 2, 1.0), ("KWD", 3, 3.25)]:
        assert 5 < typical[currency] / 10**exponent * usd < 120, currency
    strange = "select count(*) from orders o join sellers s using (seller_id)"
    assert demo.one(f"{strange} where o.region <> s.region") == 0


def test_an_order_moves_forward(demo):
    seen = {status for (status,) in demo.all("select distinct status from orders")}
    assert seen == {"placed", "paid", "shipped", "delivered", "completed", "cancelled"}
    wrong = demo.one(
        "select count(*) from last_orders where (status in ('delivered', 'completed') and"
        " (delivered_at is null or paid_at is null)) or (status = 'cancelled') <>"
        " (cancelled_at is not null) or delivered_at < placed_at or paid_at < placed_at"
    )
    assert wrong == 0


def test_payouts_start_pending_and_are_paid_on_later_nights(demo):
    first = demo.all(
        "select distinct status from payouts where record_seq = 1 and dt > '2026-01-01'"
    )
    assert first == [("pending",)]
    later = demo.one(
        "select count(*) from once_payouts p join once_payouts q using (payout_id)"
        " where p.status = 'pending' and q.status = 'paid' and q.dt > p.dt"
    )
    assert later > 10


def test_settlement_lines_are_signed_from_the_sellers_view(demo):
    signs = dict(
        demo.all("select line_type, max(sign(amount_minor)) from settlement_lines group by 1")
    )
    lowest = dict(
        demo.all("select line_type, min(sign(amount_minor)) from settlement_lines group by 1")
    )
    assert lowest["sale"] == lowest["reserve_release"] == 1
    assert signs["refund"] == signs["reserve_hold"] == -1
    assert lowest["fee"] == lowest["affiliate"] == -1


def test_people_sleep_and_weekends_differ(demo):
    by_hour = dict(
        demo.all(
            "select hour(placed_at - interval 6 hour), count(*) from last_orders where region ="
            " 'US' group by 1"
        )
    )
    night = sum(by_hour.get(hour, 0) for hour in (2, 3, 4, 5))
    evening = sum(by_hour.get(hour, 0) for hour in (18, 19, 20, 21))
    assert evening > 5 * night


def test_people_are_refused_and_let_in_and_change_banks(demo):
    outcomes = dict(
        demo.all("select outcome, count(*) from last_kyc_submissions group by 1 order by 1")
    )
    assert outcomes["approved"] > outcomes["rejected"] > 0
    held = demo.one(
        "select count(*) from last_payouts p join last_payout_accounts a using (payout_account_id)"
        " where (p.party_type, p.party_id) <> (a.party_type, a.party_id)"
        " or a.added_at > p.initiated_at"
    )
    assert held == 0
    two = "select 1 from last_payout_accounts group by party_id having count(*) > 1"
    assert demo.one(f"select count(*) from ({two})") > 0
