"""Ground truth: what is planted, where it is told, and that it is really in the data."""

DETECTIONS = [
    "COL-01", "COL-02", "COL-03", "COL-04", "COL-05",
    "INC-01", "INC-02", "INC-03", "INC-04", "INC-05", "INC-06",
    "KYC-01", "KYC-02", "KYC-03", "KYC-04", "KYC-05", "KYC-06", "KYC-07",
    "RET-01", "RET-02", "RET-03", "RET-04", "RET-05", "RET-06",
    "RSL-01", "RSL-02", "RSL-03", "RSL-04", "RSL-05",
    "SCM-01", "SCM-02", "SCM-03", "SCM-04", "SCM-05",
    "TRF-01", "TRF-02", "TRF-03", "TRF-04", "TRF-05", "TRF-06",
    "TXN-01", "TXN-02", "TXN-03", "TXN-04", "TXN-05", "TXN-06",
]  # fmt: skip
LOOKALIKES = {
    "gateway_outage", "carrier_nat", "insufficient_funds", "fitting_shopper", "bad_route",
    "issuer_overlap", "carrier_outage", "slow_carrier", "scheduler", "fan_room",
    "festival_peak", "household", "dormitory", "viral_product",
    "multi_store_owner", "resold_device", "recycled_number", "new_tenant", "creator_agency",
    "transliterated_holder", "maiden_name", "poor_camera", "seasonal_store",
    "shop_floor_tablet", "campus_event",
    "employee_orders", "family_customers", "fan_buyers", "local_favourite", "digital_goods",
    "b2b_partners", "flash_channel",
    "family_limited", "saved_card_buyer", "flash_crowd", "block_same_item", "gift_registry",
    "licensed_retailer", "forwarder_users", "shared_warehouse", "gift_sender",
    "household_new_users", "roommates", "creator_samples", "campus_ambassador", "goal_gradient",
    "bad_product", "mega_campaign",
    "multi_parcel_return", "slow_warehouse", "porch_theft", "product_recall",
    "gift_returns",
    "launch_hit", "size_lottery", "custom_maker", "variant_merge",
    "fandom_raid", "recommendation_boost", "office_proxy", "giveaway", "product_failure",
    "news_story",
    "new_phone_abroad", "student_arrivals", "office_parcels", "live_sale_fans",
    "gift_spree", "family_dispute", "outage_shoppers",
}  # fmt: skip


def test_every_detection_has_schemes_at_three_strengths(demo):
    told = demo.all("select distinct detection_id, strength from schemes order by all")
    assert told == [(d, s) for d in DETECTIONS for s in ("high", "low", "medium")]


def test_every_lookalike_is_planted(demo):
    assert {n for (n,) in demo.all("select distinct lookalike_type from lookalikes")} == LOOKALIKES
    assert {n for (n,) in demo.all("select distinct tempts from lookalikes")} == set(DETECTIONS)


def test_a_clean_marketplace_has_lookalikes_only(clean):
    assert clean.one("select count(*) from schemes") == 0
    types = {n for (n,) in clean.all("select distinct lookalike_type from lookalikes")}
    assert types == LOOKALIKES


def test_ground_truth_lies_outside_landing(demo):
    names = {path.name for path in demo.landing.rglob("*")}
    assert not names & {"schemes.parquet", "lookalikes.parquet", "truth"}
    assert {path.name for path in demo.truth.iterdir()} == {"schemes.parquet", "lookalikes.parquet"}


def test_named_entities_exist(demo):
    for kind, column in [
        ("user", "users.user_id"), ("seller", "sellers.seller_id"), ("device", "devices.device_id"),
        ("payment", "payment_attempts.payment_id"), ("session", "sessions.session_id"),
        ("sku", "products.sku_id"), ("content", "content.content_id"),
        ("order", "orders.order_id"), ("return", "returns.return_id"),
        ("dispute", "dispute_events.dispute_id"),
    ]:  # fmt: skip
        table, key = column.split(".")
        told = f"(select entity_id from schemes where entity_type = '{kind}' union all"
        told += f" select entity_id from lookalikes where entity_type = '{kind}')"
        assert (
            demo.one(
                f"select count(*) from {told} where entity_id not in (select {key} from {table})"
            )
            == 0
        ), kind


def test_every_lookalike_names_the_parties_it_befalls(demo):
    silent = demo.all(
        "select lookalike_type from lookalikes group by 1"
        " having count(*) filter (entity_type in ('user', 'seller', 'creator')) = 0"
    )
    assert set(silent) <= {("gateway_outage",), ("bad_route",)}  # here nobody may be there to buy
    peak = demo.one(
        "select count(*) from lookalikes where lookalike_type = 'festival_peak' and entity_id in"
        " (select device_id from orders union all select buyer_user_id from orders)"
    )
    assert peak > 10


def test_card_testing_names_every_device_and_network(demo):
    per_burst = "(select scheme_id, count(*) filter (entity_type = '{}') n from schemes where"
    per_burst += " detection_id = 'TXN-01' group by 1)"
    for kind in ("device", "ip_prefix", "user"):
        assert demo.one(f"select min(n) from {per_burst.format(kind)}") > 0, kind


def test_schemes_happen_within_the_run(demo):
    assert (
        demo.one(
            "select count(*) from schemes where first_event_at < timestamp '2026-01-01'"
            " or first_event_at >= timestamp '2026-04-02'"
        )
        == 0
    )


def test_card_testers_mostly_fail_with_many_cards(demo):
    fails, cards = demo.all(
        "select avg((result <> 'approved')::int), count(distinct instrument_fingerprint)"
        " from once_payment_attempts where kind in ('verification', 'authorisation') and device_id"
        " in (select entity_id from schemes where detection_id = 'TXN-01' and strength = 'low'"
        " and entity_type = 'device')"
    )[0]
    assert fails > 0.6 and cards > 10
    usual = demo.one(
        "select avg((result <> 'approved')::int) from once_payment_attempts"
        " where kind = 'authorisation' and order_id is not null"
    )
    assert usual < 0.2


def test_probing_ends_in_an_approval_after_refusals(demo):
    refusals, approvals, cards = demo.all(
        "select min(r), min(a), min(c) from (select count(*) filter (result = 'declined') r,"
        " count(*) filter (result = 'approved' and kind = 'authorisation') a,"
        " count(distinct instrument_fingerprint) c from once_payment_attempts where session_id in"
        " (select entity_id from schemes where detection_id = 'TXN-05' and strength = 'low' and"
        " entity_type = 'session') group by session_id)"
    )[0]
    assert refusals >= 3 and approvals == 1 and cards >= 2


def test_double_dips_take_more_than_was_captured(demo):
    dips = (
        "(select entity_id from schemes where detection_id = 'RET-05' and entity_type = 'payment')"
    )
    told = demo.one(f"select count(distinct entity_id) from {dips}")
    excess = demo.one(
        "select count(*) from once_payment_attempts p join (select payment_id, sum(amount_minor) r"
        " from once_refunds group by 1) using (payment_id) join (select payment_id,"
        " -sum(cash_effect_minor) filter (stage in ('chargeback', 'alert')) d from"
        " once_dispute_events group by 1) using (payment_id) where r + d > amount_minor and"
        f" payment_id in {dips}"
    )
    assert told > 0 and excess >= 0.6 * told  # late ones lie beyond the end of a short run


def test_fake_sellers_have_labels_that_nobody_scanned(demo):
    unscanned = (
        "select avg((shipment_id not in (select shipment_id from tracking_scans where scan_type ="
        " 'acceptance'))::int) from last_shipments where direction = 'outbound'"
        " and label_created_at < timestamp '2026-03-25' and seller_id"
    )
    low = "(select entity_id from schemes where detection_id = 'SCM-02' and strength = 'low')"
    either = (
        "(select entity_id from schemes where detection_id in ('SCM-01', 'SCM-02', 'SCM-05',"
        " 'KYC-06') union all"
        " select entity_id from lookalikes where tempts = 'SCM-02')"
    )
    assert demo.one(f"{unscanned} in {low}") > 0.1
    assert demo.one(f"{unscanned} not in {either}") < 0.01


def test_bots_are_regular_and_people_are_not(demo):
    spread = (
        "select median(cv) from (select stddev(gap) / avg(gap) cv from (select actor_user_id,"
        " occurred_at::date d, epoch_ms(occurred_at - lag(occurred_at) over (partition by"
        " actor_user_id order by occurred_at, event_id)) gap from once_engagement_events)"
        " where actor_user_id {} group by actor_user_id, d having count(gap) >= 29)"
    )
    low = "(select entity_id from schemes where detection_id = 'TRF-02' and strength = 'low')"
    any_ = "(select entity_id from schemes where detection_id = 'TRF-02' union all select"
    any_ += " entity_id from lookalikes where tempts = 'TRF-02')"
    assert demo.one(spread.format(f"in {low}")) < 0.1
    assert demo.one(spread.format(f"not in {any_}")) > 0.6
