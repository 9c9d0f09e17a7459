"""What the after-sales plants leave in the data, beside what the innocent leave."""

import pytest

STRENGTHS = ("low", "medium", "high")
BACK = (
    "(select r.*, o.seller_id, p.carrier_weight_g / p.declared_weight_g as lightness,"
    " p.delivered_at as back_at, p.ship_to_postcode, e.postcode as end_postcode, p.order_id"
    " from last_returns r join last_shipments p on p.shipment_id = r.return_shipment_id"
    " join last_orders o using (order_id)"
    " join once_tracking_scans e on e.shipment_id = p.shipment_id and e.scan_type = 'delivered')"
)


def told(name: str, kind: str = "return", strength: str | None = None) -> str:
    table, column = ("schemes", "scheme_type") if strength else ("lookalikes", "lookalike_type")
    rows = f"select entity_id from {table} where {column} = '{name}' and entity_type = '{kind}'"
    return f"({rows} and strength = '{strength}')" if strength else f"({rows})"


def test_few_claims_read_alike_unless_they_are_short(demo):
    words = "(select claim_text, len(string_split(claim_text, ' ')) as n from last_returns)"
    long, different = demo.all(
        f"select count(*), count(distinct claim_text) from {words} where n >= 9"
    )[0]
    assert long > 20 and different > 0.95 * long
    short = demo.one(f"select count(*) / count(distinct claim_text) from {words} where n < 5")
    assert short > 1.2


def test_honest_goods_come_back_whole_and_to_the_right_door(demo):
    honest = f"from {BACK} where return_id not in (select entity_id from schemes)"
    honest += " and return_id not in (select entity_id from lookalikes) and buyer_user_id not in"
    honest += " (select entity_id from schemes)"
    astray, light, n = demo.all(
        "select count(*) filter (ship_to_postcode <> end_postcode),"
        f" count(*) filter (lightness < 0.3), count(*) {honest}"
    )[0]
    assert n > 30 and astray == 0 and light <= 0.02 * n
    assert demo.one(f"select count(*) {honest} and inspection = 'empty'") == 0


def test_fake_labels_lead_elsewhere_or_carry_something_else(demo):
    parcel = (
        "select count(*), count(*) filter (ship_to_postcode <> end_postcode),"
        f" median(lightness), count(*) filter (inspection = 'ok') from {BACK} where return_id in "
    )
    n, astray, weight, fine = demo.all(parcel + told("fake_tracking", strength="low"))[0]
    assert n >= 3 and astray == n and weight < 0.5 and fine == 0
    n, astray, weight, fine = demo.all(parcel + told("fake_tracking", strength="high"))[0]
    assert n >= 1 and astray == 0 and weight > 0.8 and fine == 0
    early = demo.one(
        f"select count(*) from {BACK} b join once_refunds using (return_id) where return_id in"
        f" {told('fake_tracking', strength='low')} and succeeded_at >= back_at"
        " and (warehouse_received_at is null or succeeded_at < warehouse_received_at)"
    )
    assert early >= 3


def test_a_split_return_weighs_as_much_as_the_goods(demo):
    parcels, whole, named = demo.all(
        "select min(n), min(g / d), max(w / d) from (select r.return_id, count(*) n,"
        " sum(p.carrier_weight_g) g, max(p.declared_weight_g) d,"
        " max(p.carrier_weight_g) filter (p.shipment_id = r.return_shipment_id) w,"
        " count(p.carrier_weight_g) weighed from last_returns r join last_orders o on o.order_id ="
        " (select order_id from once_order_items i where i.order_item_id = r.order_item_id)"
        " join last_shipments p on p.order_id = o.order_id and p.direction = 'return'"
        f" where r.return_id in {told('multi_parcel_return')} group by all) where weighed = n"
    )[0]
    if parcels is not None:  # else the carrier forgot to weigh one
        assert parcels >= 2 and whole > 0.9 and named < 0.95
    assert demo.one(
        f"select count(*) from last_returns where return_id in {told('multi_parcel_return')}"
        " and inspection <> 'ok'"
    ) == 0  # fmt: skip


def test_a_slow_warehouse_finds_what_it_missed(demo):
    missed, found = demo.all(
        "select count(distinct return_id) filter (r.inspection = 'not_received'),"
        " count(distinct return_id) filter (r.inspection = 'not_received' and"
        " (l.inspection in ('ok', 'used') or l.warehouse_received_at is null)) from once_returns r"
        f" join last_returns l using (return_id) where return_id in {told('slow_warehouse')}"
    )[0]
    assert missed == found >= 1
    lost = demo.one(
        "select count(*) from last_returns where inspection = 'not_received'"
        " and warehouse_received_at is not null"
    )
    assert lost == 0


PROVEN = (
    "(select r.*, p.proof_of_delivery as proof, left(p.delivery_geohash7, 6) = left(a.geohash7, 6)"
    " as at_door from last_returns r join once_order_items using (order_item_id) join last_orders o"
    " using (order_id) join last_shipments p on p.order_id = o.order_id and direction = 'outbound'"
    " join once_addresses a on a.address_id = o.shipping_address_id"
    " where r.reason = 'not_received' and o.delivered_at is not null)"
)


@pytest.mark.parametrize("strength", STRENGTHS)
def test_deniers_deny_what_was_handed_over(demo, strength):
    who = told("denied_receipt", "user", strength)
    proven, said = demo.all(
        "select count(*) filter (proof in ('otp', 'signature') or at_door), count(*)"
        f" from {PROVEN} where buyer_user_id in {who}"
    )[0]
    assert proven >= 3 and proven >= 0.5 * said
    share = demo.one(
        "select count(distinct r.order_item_id) / count(distinct i.order_item_id) from last_orders"
        " join once_order_items i using (order_id) left join last_returns r on r.order_item_id ="
        f" i.order_item_id and reason = 'not_received' where last_orders.buyer_user_id in {who}"
    )
    assert share > {"low": 0.4, "medium": 0.15, "high": 0.08}[strength]


def test_thieves_take_what_nobody_signed_for_from_a_whole_district(demo):
    proofs = {
        p for (p,) in demo.all(
            f"select distinct proof from {PROVEN} where return_id in {told('porch_theft')}"
        )
    }  # fmt: skip
    assert proofs and proofs <= {"none", "photo", "gps"}
    victims, districts = demo.all(
        "select count(distinct buyer_user_id), count(distinct a.postcode) from last_orders join"
        " once_order_items using (order_id) join last_returns using (buyer_user_id, order_item_id)"
        " join once_addresses a on address_id = shipping_address_id"
        f" where return_id in {told('porch_theft')}"
    )[0]
    assert victims >= 2 and districts == 1


def test_now_and_then_an_honest_parcel_vanishes_and_the_fix_is_not_always_the_door(demo):
    lost = demo.one(
        f"select count(*) from {PROVEN} where buyer_user_id not in (select entity_id from schemes)"
        " and return_id not in (select entity_id from lookalikes)"
    )
    assert lost >= 1
    at_door = demo.one(
        "select avg((delivery_geohash7 = geohash7)::int) from last_shipments p join last_orders"
        " using (order_id) join once_addresses on address_id = shipping_address_id"
        " where direction = 'outbound' and p.delivered_at is not null"
    )
    assert 0.6 < at_door < 0.95


def nearest(demo, name: str, strength: str, likeness: str) -> float:
    """The middle of how alike each claim of a crew is to the one most like it."""
    claims = f"(from last_returns where return_id in {told(name, strength=strength)})"
    return demo.one(
        f"select median(best) from (select a.return_id, max({likeness}) as best from {claims} a"
        f" join {claims} b on a.return_id <> b.return_id group by 1)"
    )


WORDS = "list_distinct(string_split({}.claim_text, ' '))"
A, B = WORDS.format("a"), WORDS.format("b")
ALIKE = f"len(list_intersect({A}, {B})) / len(list_distinct(list_concat({A}, {B})))"


def test_a_crew_of_strangers_writes_photographs_and_waits_alike(demo):
    texts = [nearest(demo, "refund_crew", s, ALIKE) for s in STRENGTHS]
    assert texts[0] > 0.9 and texts[0] > texts[2] > 0.4
    same = "64 - bit_count(xor(a.evidence_image_phash, b.evidence_image_phash))"
    photos = [nearest(demo, "refund_crew", s, same) for s in STRENGTHS]
    assert photos[0] >= 61 and photos[0] >= photos[2] > 45
    for strength in STRENGTHS:
        people, devices, reasons = demo.all(
            "select count(distinct r.buyer_user_id), count(distinct o.device_id),"
            " count(distinct reason) from last_returns r join once_order_items using"
            " (order_item_id) join last_orders o using (order_id)"
            f" where return_id in {told('refund_crew', strength=strength)}"
        )[0]
        assert people >= 5 and devices >= people - 1 and reasons == 1, strength
    lag = (
        "select stddev(epoch(requested_at - delivered_at)) / 3600 from last_returns join"
        " once_order_items using (order_item_id) join last_orders using (order_id) where return_id"
        f" in {told('refund_crew', strength='low')}"
    )
    assert demo.one(lag) < 8


def test_a_recall_brings_the_same_words_about_one_product(demo):
    claims, skus, broken, span = demo.all(
        "select count(*), count(distinct sku_id), avg((reason = 'defective')::int),"
        " quantile_cont(requested_at, 0.9) - quantile_cont(requested_at, 0.1)"
        " from last_returns join once_order_items using"
        f" (order_item_id) where return_id in {told('product_recall')}"
    )[0]
    assert claims >= 8 and skus == 1 and broken > 0.7 and span.days < 8
    used = demo.one(
        "select avg((inspection = 'used')::int) from last_returns where return_id in"
        f" {told('product_recall')} and inspection is not null"
    )
    assert used > 0.5


def test_wardrobers_send_back_what_they_used_and_gifts_are_mostly_untouched(demo):
    used = (
        "select count(*) filter (inspection = 'used'), count(*) filter (inspection = 'ok') from"
        " last_returns where return_id in "
    )
    for strength in STRENGTHS:
        worn, fine = demo.all(used + told("wardrobing", strength=strength))[0]
        assert worn >= 3 and worn >= fine, strength
    worn, fine = demo.all(used + told("gift_returns"))[0]
    assert fine > worn
    late = demo.one(
        "select median(epoch(requested_at - delivered_at)) / 86400 from last_returns join"
        " once_order_items using (order_item_id) join last_orders using (order_id) where return_id"
        f" in {told('gift_returns')}"
    )
    assert late > 4
