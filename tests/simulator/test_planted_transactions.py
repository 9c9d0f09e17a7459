"""What the payment plants leave in the data, beside what the innocent leave."""

import pytest

STRENGTHS = ("low", "medium", "high")
RATE = (
    "(values ('USD', 0.01), ('GBP', 0.0127), ('EUR', 0.0109), ('BRL', 0.0018), ('JPY', 0.0066),"
    " ('KWD', 0.00325)) as rate(currency, usd)"
)
ORDERS = (
    "(select o.*, (paid * usd)::double as worth from last_orders o join"
    f" (select order_id, sum(paid_minor) paid from once_order_items group by 1)"
    f" using (order_id) join {RATE} using (currency))"
)


def told(name: str, kind: str = "order", strength: str | None = None) -> str:
    table, column = ("schemes", "scheme_type") if strength else ("lookalikes", "lookalike_type")
    rows = f"select entity_id from {table} where {column} = '{name}' and entity_type = '{kind}'"
    return f"({rows} and strength = '{strength}')" if strength else f"({rows})"


def test_some_honest_cards_come_from_elsewhere_and_keep_their_country(demo):
    foreign, n = demo.all(
        "select count(distinct user_id) filter (issuer_country <> region),"
        " count(distinct user_id) from once_payment_attempts join last_users using (user_id)"
        " where issuer_country is not null and user_id not in (select entity_id from schemes)"
        " and user_id not in (select entity_id from lookalikes)"
    )[0]
    assert 0.002 * n < foreign < 0.08 * n
    two = demo.one(
        "select count(*) from (select instrument_fingerprint from once_payment_attempts where"
        " issuer_country is not null group by 1 having count(distinct issuer_country) > 1)"
    )
    assert two == 0


def test_honest_people_travel_and_reset_passwords_on_new_phones(demo):
    abroad = demo.one(
        "select count(distinct user_id) from once_sessions join last_users using (user_id) where"
        " country <> region and asn_type = 'mobile' and user_id not in (select entity_id from"
        f" schemes) and user_id not in {told('new_phone_abroad', 'user')}"
    )
    assert abroad >= 5
    fresh = demo.one(
        "select count(*) from once_account_changes join last_users on user_id = party_id"
        " join devices using (device_id) where field = 'password' and device_id <> signup_device_id"
        " and changed_at between first_seen_at and first_seen_at + interval 2 day"
        " and user_id not in (select entity_id from schemes)"
    )
    assert fresh >= 5


def test_honest_baskets_hold_several_shops_now_and_then(demo):
    baskets = demo.one(
        "select count(*) from (select buyer_user_id from last_orders where buyer_user_id not in"
        " (select entity_id from schemes) and order_id not in (select entity_id from"
        " lookalikes) group by buyer_user_id, time_bucket(interval 1 hour, placed_at)"
        " having count(distinct seller_id) >= 2)"
    )
    assert baskets >= 5


@pytest.mark.parametrize("strength", STRENGTHS)
def test_a_takeover_goes_device_change_order(demo, strength):
    orders = f"from {ORDERS} o where order_id in {told('takeover_cash_out', strength=strength)}"
    wrong, n, before = demo.all(
        "select count(*) filter (not exists (from devices d, once_account_changes c where"
        " d.device_id = o.device_id and c.party_id = o.buyer_user_id and c.device_id = o.device_id"
        " and d.first_seen_at < c.changed_at and c.changed_at < o.placed_at)), count(*),"
        " min((select count(*) from once_payment_attempts p join last_orders e using (order_id)"
        " where p.user_id = o.buyer_user_id and p.result = 'approved' and p.attempted_at <"
        f" o.placed_at - interval 30 day)) {orders}"
    )[0]
    assert n >= 1 and wrong == 0 and before >= 3
    own = demo.one(
        f"select median(worth) from {ORDERS} where buyer_user_id in"
        f" {told('takeover_cash_out', 'user', strength)} and order_id not in"
        f" {told('takeover_cash_out', strength=strength)}"
    )
    assert demo.one(f"select median(worth) {orders}") > 1.3 * own
    elsewhere = demo.one(
        "select count(*) from last_orders o where order_id in"
        f" {told('takeover_cash_out', strength=strength)} and shipping_address_id in (select"
        " shipping_address_id from last_orders p where p.buyer_user_id = o.buyer_user_id"
        " and p.placed_at < o.placed_at - interval 2 day)"
    )
    assert elsewhere == 0


def test_a_traveller_ships_home_from_a_new_phone_at_the_usual_prices(demo):
    homes, phones, n = demo.all(
        "select count(*) filter (shipping_address_id in (select p.shipping_address_id from"
        " last_orders p where p.buyer_user_id = o.buyer_user_id and p.placed_at < o.placed_at -"
        " interval 1 day)), count(distinct device_id), count(distinct buyer_user_id)"
        f" from last_orders o where order_id in {told('new_phone_abroad')}"
    )[0]
    assert n >= 1 and homes >= n and phones == n
    disputed = "select count(*) from once_dispute_events where payment_id in"
    assert demo.one(f"{disputed} {told('new_phone_abroad', 'payment')}") == 0


@pytest.mark.parametrize("strength", STRENGTHS)
def test_a_drop_gathers_cards_of_many_countries_at_their_first_use(demo, strength):
    cards, countries, doors, people, late = demo.all(
        "select count(distinct instrument_fingerprint), count(distinct issuer_country),"
        " count(distinct a.geohash7), count(distinct buyer_user_id), count(*) filter ("
        " o.placed_at - (select min(attempted_at) from once_payment_attempts f where"
        " f.instrument_fingerprint = p.instrument_fingerprint) > interval 24 hour) from last_orders"
        " o join once_payment_attempts p using (order_id) join once_addresses a on address_id ="
        " shipping_address_id where p.kind = 'authorisation' and p.result = 'approved' and order_id"
        f" in {told('card_drop', strength=strength)}"
    )[0]
    assert cards >= 3 and countries >= 2 and doors == 1 and people >= 3 and late == 0
    assert strength == "low" or cards <= 2 * people


def test_students_and_colleagues_share_a_door_and_their_disputes_are_few(demo):
    for name, known in (("student_arrivals", False), ("office_parcels", True)):
        doors, cards, people, old = demo.all(
            "select count(distinct a.geohash7), count(distinct instrument_fingerprint),"
            " count(distinct buyer_user_id), count(distinct buyer_user_id) filter (created_at <"
            " timestamp '2026-01-01') from last_orders o join once_payment_attempts p using"
            " (order_id) join once_addresses a on address_id = shipping_address_id join last_users"
            f" u on u.user_id = buyer_user_id where order_id in {told(name)}"
        )[0]
        assert doors == 1 and cards >= 0.7 * people >= 3, name
        assert old == people or not known, name
        disputed = "select count(*) from once_dispute_events where payment_id in"
        assert demo.one(f"{disputed} {told(name, 'payment')}") == 0, name


def busiest_hour(demo, name: str, strength: str | None = None) -> tuple[int, int, float]:
    """Orders, shops and dollars in the busiest hour of the orders of a plant, per person."""
    return demo.all(
        "select count(*) n, count(distinct b.seller_id), sum(b.worth) from"
        f" {ORDERS} a join {ORDERS} b on a.buyer_user_id = b.buyer_user_id and b.placed_at between"
        f" a.placed_at and a.placed_at + interval 1 hour where a.order_id in"
        f" {told(name, strength=strength)} group by a.order_id order by n desc, a.order_id limit 1"
    )[0]


@pytest.mark.parametrize("strength", STRENGTHS)
def test_a_spree_empties_a_card_in_several_shops_within_the_hour(demo, strength):
    orders, shops, dollars = busiest_hour(demo, "spending_spree", strength)
    assert orders >= 3 and shops >= 2 and dollars > 150


def test_fans_buy_of_one_shop_and_presents_are_not_dear(demo):
    orders, shops, _ = busiest_hour(demo, "live_sale_fans")
    assert orders >= 3 and shops <= 2
    orders, shops, dollars = busiest_hour(demo, "gift_spree")
    assert orders >= 3 and shops >= 2 and dollars < 800


@pytest.mark.parametrize("strength", STRENGTHS)
def test_misusers_deny_what_they_bought_as_always(demo, strength):
    disputed = (
        "(select distinct d.payment_id, p.order_id, p.device_id, o.shipping_address_id,"
        " o.buyer_user_id, o.placed_at, p.instrument_fingerprint card from once_dispute_events d"
        " join once_payment_attempts p using (payment_id) join last_orders o using (order_id)"
        " where d.reason_group = 'fraud' and dispute_id in"
        f" {told('first_party_misuse', 'dispute', strength)})"
    )
    n, fewest = demo.all(
        "select count(*), min(k) from (select x.payment_id, (select count(*) from last_orders e"
        " join once_payment_attempts q using (order_id) where q.kind = 'capture' and"
        " q.instrument_fingerprint = x.card and e.device_id = x.device_id and"
        " e.shipping_address_id = x.shipping_address_id and e.placed_at < x.placed_at -"
        f" interval 20 day) k from {disputed} x)"
    )[0]
    assert n >= 1 and fewest >= 2


def test_a_family_takes_most_of_its_disputes_back(demo):
    stages = dict(
        demo.all(
            "select stage, count(*) from once_dispute_events where dispute_id in"
            f" {told('family_dispute', 'dispute')} group by 1"
        )
    )
    assert stages.get("chargeback", 0) >= 1
    cards, people = demo.all(
        "select count(distinct instrument_fingerprint), count(distinct user_id) from"
        " once_payment_attempts where kind = 'capture' and user_id in"
        f" {told('family_dispute', 'user')} and order_id in {told('family_dispute')}"
    )[0]
    assert cards <= people


def test_in_an_outage_everybody_is_refused_on_every_card(demo):
    tries = (
        "select avg((result <> 'approved')::int), count(distinct user_id) from"
        " once_payment_attempts where kind = 'authorisation' and session_id in"
        f" {told('outage_shoppers', 'session')}"
    )
    refused, people = demo.all(tries)[0]
    assert refused > 0.5 and people >= 2
