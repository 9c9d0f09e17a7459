"""Who is behind it: the planted identities show in the data, and so do their look-alikes."""

KYC = "(select * from last_kyc_submissions join once_kyc_checks using (submission_id))"


def told(name, kind, strength=None):
    """A subquery: the entities of a kind in the instances of a scheme or look-alike."""
    where = f"entity_type = '{kind}'" + (f" and strength = '{strength}'" if strength else "")
    schemes = f"select entity_id from schemes where scheme_type = '{name}' and {where}"
    if strength:
        return f"({schemes})"
    benign = f"select entity_id from lookalikes where lookalike_type = '{name}' and {where}"
    return f"({schemes} union all {benign})"


def per_instance(demo, name, kind, what, source, key):
    """What an aggregate says in each instance, smallest first."""
    return sorted(
        value
        for (value,) in demo.all(
            f"select {what} from (select scheme_id as id, entity_id from schemes where"
            f" scheme_type = '{name}' and entity_type = '{kind}' union all select lookalike_id,"
            f" entity_id from lookalikes where lookalike_type = '{name}' and entity_type ="
            f" '{kind}') join {source} on entity_id = {key} group by id"
        )
    )


def test_one_identity_stands_behind_several_names(demo):
    reused = sum(
        demo.one(
            f"select count(*) from (select 1 from {KYC} where {key} is not null and party_id in"
            f" {told('identity_reuse', 'seller')} group by {key}"
            " having count(distinct declared_name) > 1)"
        )
        for key in ("document_number", "face_cluster_id", "tax_id")
    )
    assert reused >= 3
    family = told("multi_store_owner", "seller")
    assert per_instance(
        demo, "multi_store_owner", "seller", "count(distinct legal_name || tax_id)",
        "last_sellers", "seller_id",
    )[-1] == 1  # fmt: skip
    assert demo.one(f"select min(n) from (select count(*) n from last_sellers where seller_id in"
                    f" {family} group by owner_user_id)") >= 2  # fmt: skip


def test_the_banned_come_back_and_the_honest_inherit_one_thing(demo):
    for name in ("ban_evasion", "resold_device", "recycled_number", "new_tenant"):
        banned = demo.all(
            f"select seller_id, started_at from last_sellers join last_enforcement_actions on"
            f" target_id = seller_id and action = 'terminate' where status = 'terminated' and"
            f" seller_id in {told(name, 'seller')}"
        )
        assert banned, name
        later = demo.one(
            f"select count(*) from last_sellers where seller_id in {told(name, 'seller')}"
            f" and status <> 'terminated' and onboarded_at > timestamp '{banned[0][1]}'"
        )
        assert later >= 1, name
    bank = (
        "select count(*) from (select 1 from last_payout_accounts where party_id in {} group by"
        " account_number having count(distinct party_id) > 1)"
    )
    assert demo.one(bank.format(told("resold_device", "seller"))) == 0
    phones = "count(distinct phone) filter (record_seq = 1)"
    assert set(per_instance(
        demo, "recycled_number", "user", phones, "once_users", "user_id"
    )) == {1}  # fmt: skip


def test_farms_share_devices_or_banks_and_agencies_are_registered(demo):
    devices = per_instance(
        demo, "onboarding_farm", "user", "count(distinct signup_device_id) / count(*)",
        "last_users", "user_id",
    )  # fmt: skip
    assert len(devices) == 3 and devices[0] < 0.3 and devices[-1] < 0.9
    agencies = per_instance(
        demo, "creator_agency", "creator", "count(distinct agency_id)", "last_creators",
        "creator_id",
    )  # fmt: skip
    assert set(agencies) == {1}
    banks = per_instance(
        demo, "creator_agency", "creator", "count(distinct account_number) / count(*)",
        "(select * from last_payout_accounts where removed_at is null and is_default)", "party_id",
    )  # fmt: skip
    assert banks[0] < 0.5


def test_mules_carry_other_names_and_honest_holders_do_not(demo):
    likeness = (
        "select median(jaro_winkler_similarity(lower(holder_name), lower(legal_name))) from (select"
        " distinct on (party_id) * from last_payout_accounts order by party_id, added_at desc) a"
        " join last_sellers s on seller_id = party_id where seller_id in {}"
    )
    assert demo.one(likeness.format(told("mule_payout", "seller", "low"))) < 0.72
    assert demo.one(likeness.format(told("transliterated_holder", "seller"))) > 0.85
    assert demo.one(likeness.format("(select seller_id from last_sellers)")) > 0.85


def test_shoppers_try_several_names_and_poor_cameras_one(demo):
    tried = "max(attempt_no) * 100 + count(distinct declared_name)"
    shop = per_instance(
        demo, "verification_shopping", "seller", tried, "last_kyc_submissions", "party_id"
    )
    assert shop[-1] >= 402  # at least four attempts, two names
    virtual = f"select count(*) from {KYC} where capture_source = 'virtual_camera' and party_id in"
    assert demo.one(f"{virtual} {told('verification_shopping', 'seller')}") > 0
    names = per_instance(
        demo, "poor_camera", "seller", "count(distinct declared_name)", "last_kyc_submissions",
        "party_id",
    )  # fmt: skip
    assert set(names) == {1}
    assert demo.one(f"{virtual} {told('poor_camera', 'seller')}") == 0


def test_sleepers_wake_with_another_bank_and_seasonal_stores_with_their_own(demo):
    silence = (
        "select min(gap) from (select max(gap) gap from (select seller_id, date_diff('day',"
        " lag(placed_at) over (partition by seller_id order by placed_at), placed_at) gap from"
        " last_orders where seller_id in {}) group by seller_id)"
    )
    banks = "select count(*) from last_payout_accounts where party_id in {}"
    for name, accounts in (("sleeper_store", 2), ("seasonal_store", 1)):
        shops = told(name, "seller")
        assert demo.one(silence.format(shops)) >= 60, name
        n = demo.one(f"select count(distinct entity_id) from {shops}")
        assert demo.one(banks.format(shops)) >= accounts * n, name
        fresh = (
            f"select min(n) from (select count(*) n from last_products where seller_id in {shops}"
            " and listed_at >= timestamp '2026-01-01' group by seller_id)"
        )
        assert demo.one(fresh) >= 5, name


def test_factories_share_devices_and_tills_and_stands_do_not_order_at_once(demo):
    instant = (
        "select avg((gap <= 2)::int) from (select user_id, date_diff('hour', u.created_at,"
        " min(placed_at)) gap from last_users u left join last_orders on buyer_user_id = user_id"
        " where user_id in {} group by user_id, u.created_at)"
    )
    low = told("account_factory", "user", "low")
    devices = f"select count(distinct signup_device_id) from last_users where user_id in {low}"
    assert demo.one(devices) == 1
    assert demo.one(instant.format(low)) > 0.7
    tablet = "count(distinct signup_device_id)"
    assert per_instance(
        demo, "shop_floor_tablet", "user", tablet, "last_users", "user_id"
    ) == [1]  # fmt: skip
    for name in ("shop_floor_tablet", "campus_event"):
        assert (demo.one(instant.format(told(name, "user"))) or 0) < 0.2, name
    stand = "count(distinct regexp_replace(signup_ip, '[.][0-9]+$', ''))"
    assert per_instance(demo, "campus_event", "user", stand, "last_users", "user_id") == [1]
