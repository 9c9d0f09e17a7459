"""What ordinary people and shops do that a hunter of scams and farms also looks at."""


def test_prices_move_a_little_and_orders_follow(demo):
    moves = (
        "(select sku_id, changed_at, old_value::bigint a, new_value::bigint b from"
        " once_listing_changes where field = 'price')"
    )
    count, low, high = demo.all(f"select count(*), min(b / a), max(b / a) from {moves}")[0]
    assert count > 50 and low < 0.9 and high > 1.1
    wrong = (
        "select count(*), count(*) filter (gross_minor <> quantity * case when placed_at <"
        " changed_at then a else b end) from once_order_items join (select * from"
        f" {moves} qualify count(*) over (partition by sku_id) = 1) using (sku_id)"
    )
    sold, off = demo.all(wrong)[0]
    assert sold > 50 and off == 0


def test_a_changed_listing_tells_the_value_before_and_after(demo):
    titles = demo.all(
        "select old_value, new_value, title from once_listing_changes join last_products"
        " using (sku_id) where field = 'title' qualify row_number() over (partition by sku_id"
        " order by changed_at desc) = 1"
    )
    assert len(titles) > 30
    assert all(old != new and new == now for old, new, now in titles)


def test_who_leaves_had_followed(demo):
    kinds = "(select actor_user_id, creator_id, kind, occurred_at from once_engagement_events"
    kinds += " where kind in ('follow', 'unfollow'))"
    follows, leaves, orphans = demo.all(
        f"select count(*) filter (kind = 'follow'), count(*) filter (kind = 'unfollow'),"
        f" count(*) filter (kind = 'unfollow' and not exists (select 1 from {kinds} f where"
        " f.kind = 'follow' and f.actor_user_id = e.actor_user_id and f.creator_id ="
        f" e.creator_id and f.occurred_at < e.occurred_at)) from {kinds} e"
    )[0]
    assert follows > leaves > 0 and orphans == 0


def test_honest_people_come_through_servers_now_and_then(demo):
    share = demo.one(
        "select avg((asn_type = 'hosting')::int) from once_sessions where user_id not in (select"
        " entity_id from schemes union all select entity_id from lookalikes)"
    )
    assert 0 < share < 0.02


def test_people_find_words_of_their_own(demo):
    texts, different, unbacked, reviews = demo.all(
        "select count(review_text), count(distinct review_text), count(*) filter (order_item_id"
        " is null), count(*) from once_reviews where user_id not in (select entity_id from schemes)"
    )[0]
    assert different > texts / 2 and 0 < unbacked < reviews / 10


def test_contact_details_links_and_doubts_turn_up_now_and_then(demo):
    sent, contact, link = demo.all(
        "select count(*), sum(has_contact_details::int), sum(has_link::int) from once_messages"
        " where sender_id not in (select entity_id from schemes) and receiver_id not in"
        " (select entity_id from schemes)"
    )[0]
    assert 0 < contact < sent / 20 and 0 < link < sent / 20
    targets = demo.all("select distinct target_type from once_user_reports")
    assert len(targets) > 2
