"""What the reselling plants leave in the data, beside what the innocent leave."""

import pytest

STARTS = (
    "(select sku_id, changed_at as since from once_listing_changes where field = 'stock' and"
    " old_value = '0' union all select sku_id, starts_at from last_promotions where promotion_type"
    " = 'flash_sale')"
)


def users_of(name: str, table: str = "schemes", strength: str = "low") -> str:
    kind = f"scheme_type = '{name}' and strength = '{strength}'"
    kind = kind if table == "schemes" else f"lookalike_type = '{name}'"
    return f"(select entity_id from {table} where {kind} and entity_type = 'user')"


def test_drops_come_back_in_stock_and_bring_people(demo):
    back = demo.one(
        "select count(*) from once_listing_changes where field = 'stock' and old_value = '0'"
        " and new_value::int > 0"
    )
    sales = demo.one("select count(*) from last_promotions where promotion_type = 'flash_sale'")
    assert back >= 2 and sales >= 2
    soon = demo.one(
        f"select count(distinct buyer_user_id) from last_orders join once_order_items"
        f" using (order_id) join {STARTS} using (sku_id) where last_orders.placed_at between since"
        " and since + interval 10 minute"
    )
    assert soon > 20


def test_nobody_buys_more_than_the_limit_in_one_order(demo):
    over = "select count(*) from once_order_items join last_products using (sku_id)"
    assert demo.one(f"{over} where quantity > max_per_customer") == 0
    assert demo.one(f"{over} where max_per_customer is not null") > 50


def test_people_need_some_seconds_to_buy(demo):
    fast = "select quantile_cont(epoch_ms(paid_at - first_viewed_at) / 1000, 0.01) from last_orders"
    honest = demo.one(f"{fast} where buyer_user_id not in (select entity_id from schemes)")
    bots = demo.one(f"{fast} where buyer_user_id in {users_of('drop_bot')}".replace("0.01", "0.5"))
    assert 8 < honest < 40
    assert bots < honest


@pytest.mark.parametrize("strength", ["low", "medium", "high"])
def test_quota_breakers_buy_a_multiple_of_the_limit(demo, strength):
    units, limit, accounts, doors = demo.all(
        "select sum(quantity), max(max_per_customer), count(distinct buyer_user_id),"
        " count(distinct postcode || geohash7) from last_orders join once_order_items"
        " using (order_id) join last_products using (sku_id) join once_addresses on address_id ="
        f" shipping_address_id where buyer_user_id in {users_of('quota_breach', strength=strength)}"
        " and sku_id in (select entity_id from schemes where scheme_type = 'quota_breach'"
        f" and strength = '{strength}' and entity_type = 'sku')"
    )[0]
    assert accounts >= 3 and units >= 2 * limit and doors == 1


def test_drop_bots_are_first_with_several_orders(demo):
    early = (
        f"select count(*) from last_orders join once_order_items using (order_id) join {STARTS}"
        " using (sku_id) where last_orders.placed_at between since and since + interval 60 second"
        " and buyer_user_id in "
    )
    assert demo.one(early + users_of("drop_bot")) >= 3
    per_drop = demo.one(
        f"select max(n) from ({early.replace('count(*)', 'count(*) as n')}"
        f"{users_of('saved_card_buyer', 'lookalikes')} group by buyer_user_id, sku_id)"
    )
    assert per_drop == 1
    server = demo.one(
        "select count(distinct asn_type) filter (asn_type = 'hosting') from once_sessions where"
        f" user_id in {users_of('drop_bot')}"
    )
    assert server == 1


def test_jiggers_write_one_door_in_many_ways_and_share_devices(demo):
    ways = (
        "select count(distinct street), count(distinct geohash7), count(distinct buyer_user_id),"
        " count(distinct device_id) from last_orders join once_addresses on address_id ="
        " shipping_address_id where buyer_user_id in "
    )
    for strength in ("low", "medium", "high"):
        who = users_of("address_jigging", strength=strength)
        streets, doors, accounts, devices = demo.all(ways + who)[0]
        assert doors == 1 and streets >= 4 and accounts >= 4 and devices < accounts, strength
    block = users_of("block_same_item", "lookalikes")
    shared = demo.one(
        "select count(*) from (select signup_device_id from last_users where user_id in"
        f" {block} group by 1 having count(*) > 1)"
    )
    assert shared <= 1


def test_arbitrage_lists_what_it_bought_with_a_discount(demo):
    pairs = (
        "select count(*) from {0} b join last_orders o on o.buyer_user_id = b.entity_id join"
        " once_order_items i using (order_id) join last_products p using (sku_id) join"
        " last_products mine on mine.gtin = p.gtin and mine.sku_id <> p.sku_id join {0} s on"
        " s.{1} = b.{1} and s.entity_type = 'seller' and s.entity_id = mine.seller_id where"
        " b.entity_type = 'user' and b.{2} = '{3}'"
    )
    deals = pairs.format("schemes", "scheme_id", "scheme_type", "subsidy_arbitrage")
    assert demo.one(f"{deals} and i.platform_discount_minor >= 0.1 * i.gross_minor") >= 5
    honest = pairs.format("lookalikes", "lookalike_id", "lookalike_type", "licensed_retailer")
    assert demo.one(honest) >= 1
    assert demo.one(f"{honest} and i.platform_discount_minor >= 0.2 * i.gross_minor") <= 2


def test_dropshippers_buy_each_sale_again_to_the_same_door(demo):
    pairs = (
        "select count(distinct a.order_id) from last_orders a join once_order_items ai on"
        " ai.order_id = a.order_id join last_products ap on ap.sku_id = ai.sku_id join"
        " once_addresses aa on aa.address_id = a.shipping_address_id join once_addresses ba on"
        " ba.postcode = aa.postcode and ba.geohash7 = aa.geohash7 join last_orders b on"
        " b.shipping_address_id = ba.address_id and b.seller_id <> a.seller_id and b.placed_at"
        " between a.placed_at and a.placed_at + interval 72 hour join once_order_items bi on"
        " bi.order_id = b.order_id join last_products bp on bp.sku_id = bi.sku_id and bp.gtin ="
        " ap.gtin where a.seller_id in (select entity_id from schemes where scheme_type ="
        " 'dropship_triangulation' and entity_type = 'seller'{})"
    )
    assert demo.one(pairs.format(" and strength = 'low'")) >= 5
    assert demo.one(pairs.format("")) >= 12
