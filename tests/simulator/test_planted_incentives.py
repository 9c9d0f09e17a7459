"""What the incentive plants leave in the data, beside what the innocent leave."""

import pytest

RATE = (
    "(values ('USD', 0.01), ('GBP', 0.0127), ('EUR', 0.0109), ('BRL', 0.0018), ('JPY', 0.0066),"
    " ('KWD', 0.00325)) as rate(currency, usd)"
)


def of(name: str, kind: str, strength: str | None = None) -> str:
    rows = f"select {'scheme' if strength else 'lookalike'}_id as id, entity_id"
    rows += f" from {'schemes' if strength else 'lookalikes'} where entity_type = '{kind}'"
    if strength:
        return f"({rows} and scheme_type = '{name}' and strength = '{strength}')"
    return f"({rows} and lookalike_type = '{name}')"


def test_new_user_coupons_go_to_first_orders_only(demo):
    again = demo.one(
        "select count(*) from (select user_id from once_promotion_redemptions join last_promotions"
        " using (promotion_id) where promotion_type = 'new_user' group by 1 having count(*) > 1)"
    )
    late = demo.one(
        "select count(*) from once_promotion_redemptions join last_promotions using (promotion_id)"
        " join last_users using (user_id) where promotion_type = 'new_user'"
        " and redeemed_at > created_at + interval 31 day"
    )
    assert (again, late) == (0, 0)


@pytest.mark.parametrize("strength", ["low", "medium", "high"])
def test_one_person_redeems_many_welcome_coupons(demo, strength):
    redeemed, devices = demo.all(
        "select count(*), count(distinct device_id) from once_promotion_redemptions join"
        " last_promotions using (promotion_id) where promotion_type = 'new_user' and user_id in"
        f" (select entity_id from {of('new_user_farm', 'user', strength)})"
    )[0]
    assert redeemed >= 3 and devices < redeemed
    couples = demo.one(
        "select max(n) from (select id, count(*) n from once_promotion_redemptions join"
        " last_promotions using (promotion_id)"
        f" join {of('household_new_users', 'user')} on user_id = entity_id"
        " where promotion_type = 'new_user' group by 1)"
    )
    assert couples in (1, 2)


def test_self_buyers_earn_on_their_own_orders(demo):
    own = (
        "select count(*) from {0} c join last_affiliate_commissions a on a.creator_id = c.entity_id"
        " join once_order_items using (order_item_id) join last_orders using (order_id) join {1} u"
        " on u.id = c.id and buyer_user_id = u.entity_id"
    )
    for strength in ("low", "medium", "high"):
        pair = [of("self_purchase", kind, strength) for kind in ("creator", "user")]
        assert demo.one(own.format(*pair)) >= 3, strength
    pair = [of("creator_samples", kind) for kind in ("creator", "user")]
    assert demo.one(own.format(*pair) + " and order_type = 'sample'") >= 2


def test_referred_crowds_stop_or_stay(demo):
    later = (
        "select avg(n) from (select referee_user_id, count(order_id) n from last_referrals left"
        " join last_orders on buyer_user_id = referee_user_id where referrer_user_id in"
        " (select entity_id from {}) group by 1)"
    )
    stars = of("referral_farm", "user", "low")
    assert demo.one(f"select count(*) from last_referrals where referrer_user_id in"
                    f" (select entity_id from {stars}) and status = 'granted'") >= 5  # fmt: skip
    assert demo.one(later.format(stars)) < 1.6
    assert demo.one(later.format(of("campus_ambassador", "user"))) > 1.5


def test_referrals_are_rewarded_from_a_minimum_on(demo):
    small = demo.one(
        "select count(*) from last_referrals join (select order_id, sum(paid_minor * usd) as paid"
        f" from once_order_items join {RATE} using (currency) group by 1) on order_id ="
        " qualifying_order_id where paid < 9.9"
    )
    assert small == 0


def test_awards_follow_sales_and_gamers_stop_just_above_a_tier(demo):
    wrong = demo.one("select count(*) from last_creator_awards where metric_value < tier_threshold")
    assert wrong == 0
    reached = "select median(metric_value / tier_threshold) from last_creator_awards where award_id"
    gamed = " in (select entity_id from schemes where scheme_type = 'award_gaming' and strength"
    gamed += " <> 'high' and entity_type = 'award')"
    # A creator who sells enough without them spends nothing; the others stop at the line.
    assert 1 <= demo.one(reached.replace("median", "min") + gamed) < 1.15
    assert demo.one(reached + " not in (select entity_id from schemes)") > 1.2


def test_gamed_sales_come_back_and_honest_effort_does_not(demo):
    back = (
        "select avg((order_item_id in (select order_item_id from once_refunds))::int) from"
        " last_creator_awards a join last_orders o on o.creator_id = a.creator_id and"
        " o.placed_at::date between period_start and period_end join once_order_items using"
        " (order_id) where award_id in (select entity_id from {})"
    )
    assert demo.one(back.format(of("award_gaming", "award", "low"))) > 0.4
    assert demo.one(back.format(of("goal_gradient", "award"))) < 0.3


def test_returns_wait_for_the_settlement(demo):
    late = (
        "select count(*) filter (requested_at > settled_at), count(*) filter (settled_at is null)"
        " from last_affiliate_commissions join last_returns using (order_item_id)"
        " where creator_id in (select entity_id from {})"
    )
    after, before = demo.all(late.format(of("commission_returns", "creator", "low")))[0]
    assert after >= 5 and after > before
    makers = "(select entity_id from lookalikes where lookalike_type = 'bad_product'"
    claims = demo.one(
        "select count(*) from last_returns join once_order_items using (order_item_id) where"
        f" sku_id in {makers} and entity_type = 'sku')"
    )
    assert claims >= 5
    assert demo.one(f"select count(*) from {makers} and entity_type = 'creator')") >= 1


def test_a_commission_is_reversed_only_after_goods_came_back(demo):
    unfounded = demo.one(
        "select count(*) from last_affiliate_commissions where status = 'reversed' and"
        " order_item_id not in (select order_item_id from once_refunds)"
    )
    assert unfounded == 0


def test_harvesters_pay_next_to_nothing_and_the_festival_does_not(demo):
    cheap = (
        "select avg((paid_minor * usd <= 1)::int) from last_orders join once_order_items using"
        f" (order_id) join {RATE} on rate.currency = once_order_items.currency"
        " where seller_id in (select entity_id from {})"
        " and platform_discount_minor > 0"
    )
    assert demo.one(cheap.format(of("subsidy_harvesting", "seller", "low"))) > 0.5
    assert demo.one(cheap.format(of("mega_campaign", "seller"))) < 0.2
