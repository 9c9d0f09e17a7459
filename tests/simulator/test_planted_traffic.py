"""What farms and hostile crews leave in the data, beside crowds of people."""

import pytest

STRENGTHS = ["low", "medium", "high"]


def told(name: str, kind: str, strength: str = "", table: str = "schemes") -> str:
    column = "scheme_type" if table == "schemes" else "lookalike_type"
    which = f"{column} = '{name}' and entity_type = '{kind}'"
    which += f" and strength = '{strength}'" if strength else ""
    return f"(select entity_id from {table} where {which})"


def test_a_farm_does_its_list_together(demo):
    near = (
        "select quantile_cont(spread, 0.5) from (select content_id, epoch(max(occurred_at) -"
        " min(occurred_at)) / 3600 spread from once_engagement_events where kind <> 'view' and"
        " actor_user_id in {0} and content_id in {1} group by 1 having count(*) >= 5)"
    )
    hours = [
        demo.one(near.format(told("lockstep_farm", "user", s), told("lockstep_farm", "content", s)))
        for s in STRENGTHS
    ]
    assert hours[0] < 0.3 and hours[1] < 2 and hours[2] < 8


def test_fans_are_old_accounts_of_one_idol(demo):
    fans, idols, young = demo.all(
        "select count(distinct u.entity_id), count(distinct c.entity_id), count(*) filter"
        " (created_at > u.first_event_at - interval 30 day) from lookalikes u join lookalikes c"
        " using (lookalike_id) join last_users on user_id = u.entity_id where u.lookalike_type ="
        " 'fandom_raid' and u.entity_type = 'user' and c.entity_type = 'creator'"
    )[0]
    assert fans > 10 and idols >= 1 and young == 0


def test_bought_views_are_short_and_boosted_ones_are_not(demo):
    watch = (
        "select count(*), median(watch_ms / 1000 / duration_s), avg((kind = 'product_click')::int)"
        " from once_engagement_events join last_content using (content_id) where duration_s > 0 and"
        " content_id in {0} and actor_user_id in {1}"
    )
    for strength, most in [("low", 0.15), ("medium", 0.3), ("high", 0.5)]:
        film, crew = (told("bought_views", kind, strength) for kind in ("content", "user"))
        views, share, clicks = demo.all(watch.format(film, crew))[0]
        assert views > 200 and share < most and clicks < 0.05, strength
    film, people = (told("recommendation_boost", kind, table="lookalikes")
                    for kind in ("content", "user"))  # fmt: skip
    views, share, clicks = demo.all(watch.format(film, people))[0]
    assert views > 20 and share > 0.25 and clicks > 0.01


def test_a_phone_farm_has_many_accounts_on_each_machine_and_an_office_one(demo):
    use = (
        "select count(distinct actor_user_id) / count(distinct device_id), avg((asn_type in"
        " ('hosting', 'vpn'))::int), count(*) from once_engagement_events where content_id in {0}"
        " and actor_user_id in {1} and occurred_at >= (select min(first_event_at) from {2} where"
        " entity_id = content_id)"
    )
    each = []
    for strength in STRENGTHS:
        film, crew = (told("phone_farm", kind, strength) for kind in ("content", "user"))
        accounts, hosted, events = demo.all(use.format(film, crew, "schemes"))[0]
        each.append(accounts)
        assert events > 400 and hosted > 0.05, strength
    assert each[0] > each[1] > each[2] > 2
    film, staff = (told("office_proxy", kind, table="lookalikes") for kind in ("content", "user"))
    accounts, hosted, _ = demo.all(use.format(film, staff, "lookalikes"))[0]
    assert accounts < 1.3 and hosted > 0.7


def test_rented_followers_leave_and_guests_of_a_giveaway_stay(demo):
    stay = (
        "select count(*), avg((not exists (select 1 from once_engagement_events u where u.kind ="
        " 'unfollow' and u.actor_user_id = e.actor_user_id and u.creator_id = e.creator_id and"
        " u.occurred_at < e.occurred_at + interval 7 day))::int) from once_engagement_events e"
        " where kind = 'follow' and actor_user_id in {0} and creator_id in {1}"
    )
    kept = []
    for strength in STRENGTHS:
        creator, crowd = (told("rented_followers", k, strength) for k in ("creator", "user"))
        follows, share = demo.all(stay.format(crowd, creator))[0]
        assert follows > 30
        kept.append(share)
    assert kept[0] < 0.5 < kept[2] < 0.97
    creator, crowd = (told("giveaway", k, table="lookalikes") for k in ("creator", "user"))
    follows, share = demo.all(stay.format(crowd, creator))[0]
    assert follows > 20 and share > 0.8


@pytest.mark.parametrize("strength", STRENGTHS)
def test_hostile_crews_say_bad_things_together(demo, strength):
    crew = told("hostile_feedback", "user", strength)
    stars = demo.all(f"select rating from once_reviews where user_id in {crew}")
    reports = demo.all(
        f"select distinct reporter_user_id from once_user_reports where reporter_user_id in {crew}"
    )
    assert len(stars) + len(reports) >= 8
    assert all(rating <= 2 for (rating,) in stars)


def test_a_failed_product_is_hated_by_those_who_bought_it(demo):
    sku = told("product_failure", "sku", table="lookalikes")
    bad, backed, texts, words = demo.all(
        "select count(*), avg((order_item_id is not null)::int), count(distinct review_text),"
        f" count(review_text) from once_reviews where rating <= 2 and sku_id in {sku}"
    )[0]
    assert bad >= 10 and backed > 0.9 and texts > 0.8 * words


def test_readers_of_the_news_have_never_met(demo):
    readers = told("news_story", "user", table="lookalikes")
    angry, phones, words, texts = demo.all(
        "select count(distinct user_id), count(distinct signup_device_id), count(distinct"
        " review_text), count(review_text) from once_reviews join last_users using (user_id) where"
        f" order_item_id is null and rating <= 2 and user_id in {readers}"
    )[0]
    assert angry > 5 and phones > 0.8 * angry and words > 0.5 * texts
