"""Trade among friends: the planted collusion shows in the data, and its look-alikes differ."""

import pytest

WHO = (
    "(select scheme_id as id, scheme_type as name, strength, entity_type as kind, entity_id from"
    " schemes union all select lookalike_id, lookalike_type, 'benign', entity_type, entity_id"
    " from lookalikes)"
)
SOLD = (
    "(select o.*, s.product_views, epoch(placed_at - started_at) as seconds, w.id, w.name,"
    f" w.strength from last_orders o join {WHO} w on w.kind = 'seller' and w.entity_id ="
    " o.seller_id join once_sessions s using (session_id))"
)
INSIDE = f"(select id, entity_id as buyer_user_id from {WHO} where kind = 'user')"


def share(demo, name, what, strength="low", source=SOLD):
    """An average over the orders of the shops of an instance."""
    return demo.one(f"select avg(({what})::int) from {source} where name = '{name}' and strength ="
                    f" '{strength}'")  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["common_control", "brushing_block", "ghost_logistics", "circular_flow", "scripted_demand"],
)
def test_the_shops_sell_to_their_own_people(demo, name):
    inner = demo.all(
        f"select strength, count(*) from {SOLD} join {INSIDE} using (id, buyer_user_id)"
        f" where name = '{name}' group by 1"
    )
    assert {strength for strength, _ in inner} == {"low", "medium", "high"}
    assert min(count for _, count in inner) >= 3


def test_self_dealers_share_a_device_with_the_owner(demo):
    shared = (
        f"select count(*) from {SOLD} join last_sellers using (seller_id) join last_users u on"
        " u.user_id = owner_user_id where name = 'common_control' and (device_id ="
        " signup_device_id or buyer_user_id = u.user_id)"
    )
    assert demo.one(shared) >= 10
    kinds = demo.all(
        f"select distinct account_type from {SOLD} join {INSIDE} using (id, buyer_user_id) join"
        " last_users on user_id = buyer_user_id where name = 'employee_orders'"
    )
    assert {"employee", "test"} & {kind for (kind,) in kinds}
    family = (
        f"select count(*) from {SOLD} join {INSIDE} using (id, buyer_user_id)"
        " where name = 'family_customers'"
    )
    assert demo.one(family) >= 1


def test_an_order_farm_is_a_dense_block_and_so_is_a_fan_club(demo):
    fill = (
        "select count(*) / (count(distinct buyer_user_id) * count(distinct seller_id)) from (select"
        f" distinct buyer_user_id, seller_id from {SOLD} join {INSIDE} using (id, buyer_user_id)"
        " where name = '{}' and strength = '{}')"
    )
    assert demo.one(fill.format("brushing_block", "low")) > 0.6
    assert demo.one(fill.format("fan_buyers", "benign")) > 0.3
    hurried = "product_views <= 1 and seconds <= 30"
    assert share(demo, "brushing_block", hurried) > 0.3
    live = (
        f"select avg((channel = 'live')::int) from {SOLD} join {INSIDE} using (id, buyer_user_id)"
        " where name = 'fan_buyers'"
    )
    assert demo.one(live) > 0.7


def test_ghost_parcels_are_light_fast_and_praised(demo):
    parcels = (
        f"(select o.name, o.strength, carrier_weight_g < 0.5 * grams as light, grams from {SOLD} o"
        " join last_shipments using (order_id) join (select order_id, sum(quantity * weight_g) as"
        " grams from once_order_items join last_products using (sku_id) group by 1) using"
        " (order_id) where direction = 'outbound' and carrier_weight_g is not null)"
    )
    assert share(demo, "ghost_logistics", "light", source=parcels) > 0.7
    assert share(demo, "ghost_logistics", "light", "high", parcels) < 0.2
    assert share(demo, "local_favourite", "light", "benign", parcels) < 0.2
    assert share(demo, "digital_goods", "grams = 0", "benign", parcels) == 1
    praise = (
        f"(select o.name, o.strength, rating = 5 and posted_at - delivered_at < interval 1 day as"
        f" instant from {SOLD} o join once_order_items using (order_id) join once_reviews using"
        " (order_item_id))"
    )
    assert share(demo, "ghost_logistics", "instant", source=praise) > 0.6
    assert share(demo, "digital_goods", "instant", "benign", praise) > 0.4


def test_payouts_come_back_as_purchases(demo):
    back = (
        f"select avg((funding_account_number in (select account_number from last_payout_accounts"
        f" where party_id in (select entity_id from {WHO} w where w.id = o.id)))::int) from {SOLD}"
        " o join once_payment_attempts p using (order_id) where p.kind = 'capture' and name = '{}'"
        " and strength = '{}'"
    )
    assert demo.one(back.format("circular_flow", "low")) > 0.6
    assert demo.one(back.format("circular_flow", "high")) > 0.3
    mutual = demo.one(
        f"select count(distinct seller_id) from {SOLD} join {INSIDE} using (id, buyer_user_id)"
        " join last_users on user_id = buyer_user_id where name = 'b2b_partners' and"
        " account_type = 'business'"
    )
    assert mutual == 2


def test_task_buyers_do_not_browse_and_nobody_does_in_a_flash_sale(demo):
    hurried = "product_views <= 1 and seconds <= 30"
    assert share(demo, "scripted_demand", hurried) > 0.5
    assert share(demo, "scripted_demand", hurried, "high") < 0.2
    assert share(demo, "flash_channel", hurried, "benign") > 0.2
    channels = f"select avg((channel = 'live')::int) from {SOLD} where name = 'flash_channel'"
    assert demo.one(channels) > 0.4
    ordinary = (
        "select avg((product_views <= 1 and placed_at - started_at <= interval 30 second)::int)"
        " from last_orders join once_sessions using (session_id) where channel = 'search'"
        f" and seller_id not in (select entity_id from {WHO} where kind = 'seller')"
        f" and buyer_user_id not in (select entity_id from {WHO} where kind = 'user')"
    )
    assert demo.one(ordinary) < 0.1
