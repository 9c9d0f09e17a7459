"""What the seller scams leave in the data, beside what honest shops leave."""

import pytest

STRENGTHS = ["low", "medium", "high"]


def told(name: str, kind: str, strength: str = "", table: str = "schemes") -> str:
    column = "scheme_type" if table == "schemes" else "lookalike_type"
    which = f"{column} = '{name}' and entity_type = '{kind}'"
    which += f" and strength = '{strength}'" if strength else ""
    return f"(select entity_id from {table} where {which})"


def unsent(who: str) -> str:
    return (
        "select avg((shipment_id not in (select shipment_id from tracking_scans where scan_type ="
        " 'acceptance'))::int) from last_shipments where direction = 'outbound' and"
        f" label_created_at < timestamp '2026-03-25' and seller_id in {who}"
    )


def peak(who: str) -> str:
    """Orders of the busiest week of some shops."""
    return (
        "select max(n) from (select seller_id, epoch(placed_at)::bigint // 604800 w, count(*) n"
        f" from last_orders where seller_id in {who} group by 1, 2)"
    )


def test_burnt_shops_explode_and_send_little(demo):
    for strength, least in [("low", 0.6), ("medium", 0.35), ("high", 0.15)]:
        shops = told("bust_out", "seller", strength)
        assert demo.one(unsent(shops)) > least, strength
        assert demo.one(peak(shops)) >= 25, strength
        age = "select max(first_event_at - onboarded_at) from schemes join last_sellers on"
        age += f" entity_id = seller_id where entity_id in {shops}"
        assert demo.one(age).days < 90
    hit = told("launch_hit", "seller", table="lookalikes")
    assert demo.one(unsent(hit)) < 0.05
    assert demo.one(peak(hit)) >= 25


def test_bust_outs_undercut_by_evasion(demo):
    price = (
        "select median(p.list_price_minor / o.usual) from last_products p join (select category_l1,"
        " currency, median(list_price_minor) usual from last_products group by all) o using"
        " (category_l1, currency) where sku_id in "
    )
    low = demo.one(price + told("bust_out", "sku", "low"))
    high = demo.one(price + told("bust_out", "sku", "high"))
    assert low < 1 and low < high * 1.5


def test_copies_come_back_as_copies(demo):
    claims = (
        "select count(distinct return_id) filter (reason in ('not_as_described', 'counterfeit')) /"
        " count(distinct order_item_id) from once_order_items left join last_returns using"
        " (order_item_id) where sku_id in "
    )
    shares = [demo.one(claims + told("counterfeit_seller", "sku", s)) for s in STRENGTHS]
    assert min(shares) > 0.03 and shares[0] > 0.2
    fit = told("size_lottery", "sku", table="lookalikes")
    assert demo.one(claims + fit) < 0.06
    back = demo.one(
        "select count(distinct return_id) / count(distinct order_item_id) from once_order_items"
        f" left join last_returns using (order_item_id) where sku_id in {fit}"
    )
    assert back > 0.2


def test_diverted_buyers_cancel_after_the_number_was_sent(demo):
    chats = (
        "select count(distinct receiver_id) filter (has_contact_details or has_link),"
        " count(*) filter (has_payment_request) from once_messages where sender_id in "
    )
    cancels = (
        "select avg(coalesce(cancelled_by = 'buyer', false)::int) from last_orders where"
        " placed_at >= (select min(first_event_at) from {0} where entity_id = seller_id and"
        " {1} = '{2}') and seller_id"
        " in {3}"
    )
    rates = []
    for strength in STRENGTHS:
        shops = told("off_platform", "seller", strength)
        buyers, _ = demo.all(chats + shops)[0]
        assert buyers >= 5, strength
        rates.append(demo.one(cancels.format("schemes", "scheme_type", "off_platform", shops)))
    assert rates[0] > 0.3 and min(rates) > 0.08
    maker = told("custom_maker", "seller", table="lookalikes")
    sent, asked = demo.all(
        "select count(*), count(*) filter (has_payment_request) from once_messages where sender_id"
        f" in {maker}"
    )[0]
    assert sent > 60 and asked == 0
    assert demo.one(cancels.format("lookalikes", "lookalike_type", "custom_maker", maker)) < 0.15


@pytest.mark.parametrize("strength", STRENGTHS)
def test_a_hijacked_listing_keeps_its_stars_and_nothing_else(demo, strength):
    sku = told("listing_hijack", "sku", strength)
    fields = demo.all(
        "select sku_id, count(distinct field), max(try_cast(new_value as int) /"
        " try_cast(old_value as int)) filter (field = 'price'), max(changed_at), (select"
        " count(*) from once_reviews r where r.sku_id = c.sku_id"
        " and posted_at < max(changed_at)) from once_listing_changes c where field <> 'stock' and"
        f" sku_id in {sku} group by 1"
    )
    assert fields
    for _, changed, factor, _, reviews in fields:
        assert changed >= 3 and factor < 0.85 and reviews >= 50


def test_merged_variants_stay_what_they_were(demo):
    sku = told("variant_merge", "sku", table="lookalikes")
    for old, new in demo.all(
        "select old_value, new_value from once_listing_changes where field = 'title' and sku_id in"
        f" {sku}"
    ):
        assert set(old.split()) <= set(new.split())
    factor, reviews = demo.all(
        "select min(try_cast(new_value as int) / try_cast(old_value as int)),"
        f" (select count(*) from once_reviews where sku_id in {sku}) from"
        f" once_listing_changes where field = 'price' and sku_id in {sku}"
    )[0]
    assert factor > 0.8 and reviews >= 50
