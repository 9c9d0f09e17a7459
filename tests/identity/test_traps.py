"""Known traps of identity, each in a small log of its own people, built once by real dbt."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.helpers.project import dbt
from tests.helpers.tiny_log import TinyLog, night_of

LAST = 150
OVERRIDES = [
    ("parted", "part", "parted-a", "parted-b", 3),
    ("joined", "join", "stranger-a", "stranger-b", 3),
    ("known-late", "join", "stranger-c", "born-late", 3),
    ("mistaken-part", "part", "mistaken-a", "mistaken-b", 3),
    ("no-mistake", "withdraw", "mistaken-b", "mistaken-a", 8),
    ("mistaken-join", "join", "stranger-d", "stranger-e", 3),
    ("strangers-again", "withdraw", "stranger-d", "stranger-e", 8),
    ("mistyped", "part", "stranger-a", "nobody", 3),
    ("to-come", "join", "stranger-b", "nobody-yet", LAST + 9),
    ("mistyped-and-seen", "part", "stranger-c", "nobody-either", 3),
    ("taken-back", "withdraw", "stranger-c", "nobody-either", 8),
]


def households_and_houses(log: TinyLog) -> None:
    """People who live together, or in one large house, share a door, a device and a network."""
    for number, street in enumerate(
        ("Lindenstraße 5", "Lindenstr. 5", "LINDENSTRASSE 5", "Linden Straße 5")
    ):
        user = f"family-{number}"
        log.user(user, signup_ip="198.51.100.7", signup_device_id="family-tablet")
        log.lives(user, street)
    for number in range(2):
        user = f"couple-{number}"
        log.user(user, signup_ip="198.51.101.7", signup_device_id="couple-phone")
        log.lives(user, "Ahornweg 9")
    for number in range(25):
        user = f"student-{number}"
        log.user(user, signup_ip="198.51.102.7")
        log.lives(user, "Am Campus 1")
        log.login(user, f"dorm-pc-{number % 2}")
    for number in range(40):
        log.user(f"mobile-{number}", signup_ip=f"203.0.113.{number}")


def agencies(log: TinyLog) -> None:
    """An agency collects for its creators, who share its studio; another is not registered."""
    for number in range(12):
        creator, user = f"signed-{number}", f"signed-user-{number}"
        log.user(user, phone="+49 30 5550001")
        log.creator(creator, user, agency_id="agency-1")
        log.paid_out_to(f"creator:{creator}", "DE02 1203 0000 0000 2020 51")
        log.login(user, "studio-pc")
    for number in range(14):
        creator = f"loose-{number:02}"
        log.user(f"loose-user-{number:02}")
        log.creator(creator, f"loose-user-{number:02}", night=1)
        log.paid_out_to(f"creator:{creator}", "DE02 5001 0517 0137 0750 30", night=1)


def numbers_and_mailboxes(log: TinyLog) -> None:
    """A number is resold; versions come out of order; a mailbox has aliases."""
    log.user("seller-of-number", phone="+49 170 1110001")
    log.user("seller-of-number", night=2, version=2, phone="+49 170 1110002")
    log.user("buyer-of-number", night=4, phone="+49 170 1110001")

    log.user("overtaken", phone="+49 170 2220001")
    log.user("overtaken", night=2, version=3, phone="+49 170 2220003")
    log.user("overtaken", night=4, version=2, phone="+49 170 2220001")
    log.user("after-overtaken", night=5, phone="+49 170 2220001")
    log.user("same-as-overtaken", night=5, phone="+49 170 2220003")

    log.user("one-number", phone="+49 (0)30 333 0001")
    log.user("one-number-again", night=2, phone="0049 30 3330001")
    log.user("one-number-at-home", night=2, phone="(030) 333-0001")
    log.user("one-number-with-trunk", night=2, phone="+49 030 3330001")
    log.user("one-number-from-abroad", night=2, phone="011 49 30 3330001", region="US")
    log.user("same-digits-elsewhere", night=2, phone="(030) 333-0001", region="GB")
    log.user("town-of-011", night=2, phone="011 49 30 3330001", region="IT")
    log.user("takes-number-later", phone="+49 30 3330009")
    log.user("takes-number-later", night=6, version=2, phone="+49 30 3330001")

    log.user("mailbox", email="Jane.Doe@gmail.com")
    log.user("mailbox-again", night=1, email="janedoe+shop@googlemail.com")


def cards_and_devices(log: TinyLog) -> None:
    """A card that was refused, a login that failed, a device that was sold."""
    for number in range(1000):
        log.user(f"chain-{number:04}")
        log.pays(f"chain-{number:04}", f"card-{number}", night=1)
        log.pays(f"chain-{number:04}", f"card-{number + 1}", night=1)
    log.user("victim")
    log.user("tester")
    log.pays("victim", "stolen-card")
    log.pays("tester", "stolen-card", night=1, result="declined", decline_code="51")
    log.user("attacked")
    log.user("attacker")
    log.login("attacked", "own-phone")
    log.login("attacker", "attackers-phone")
    log.login("attacked", "attackers-phone", night=1, login_result="failure")
    log.user("sold-phone")
    log.user("bought-phone")
    log.login("sold-phone", "phone")
    log.login("bought-phone", "phone", night=100)
    log.user("keeps-phone")
    log.user("lends-phone")
    for night in (0, 80, LAST):
        log.login("keeps-phone", "shared-phone", night=night)
    log.login("lends-phone", "shared-phone", night=120)


def people_policy_speaks_of(log: TinyLog) -> None:
    """Parties an analyst parts or joins, and one that is seen before it is known."""
    for pair, phone in (("parted", "+49 170 4440001"), ("mistaken", "+49 170 4440002")):
        for user in (f"{pair}-a", f"{pair}-b"):
            log.user(user, phone=phone)
            log.pays(user, f"card-of-{pair}", night=6)
    for user in ("stranger-a", "stranger-b", "stranger-c", "stranger-d", "stranger-e"):
        log.user(user)
    log.user("born-late", night=5)
    log.login("born-late", "early-device", night=1)
    log.user("has-early-device", signup_device_id="early-device")


class Clusters:
    """What the warehouse says of the log."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, target: Path) -> None:
        self.connection = connection
        self.target = target

    def of(self, *parties: str, night: int = LAST) -> list[str | None]:
        """The cluster of each party as of a night; a name without a kind is a user."""
        rows = self.connection.execute(
            "select party_key, cluster_id from intermediate.int_cluster_periods "
            "where night <= ? and coalesce(until_night, date '9999-12-31') > ?",
            [night_of(night)] * 2,
        ).fetchall()
        found: dict[str, str] = dict(rows)
        return [found.get(key if ":" in key else f"user:{key}") for key in parties]

    def together(self, *parties: str, night: int = LAST) -> bool:
        found = self.of(*parties, night=night)
        assert None not in found
        return len(set(found)) == 1

    def apart(self, *parties: str, night: int = LAST) -> bool:
        found = self.of(*parties, night=night)
        assert None not in found
        return len(set(found)) == len(parties)

    def links(self, a: str, b: str) -> set[str]:
        low, high = sorted((f"user:{a}", f"user:{b}"))
        rows = self.connection.execute(
            "select identifier_type from intermediate.int_identity_links "
            "where party_a = ? and party_b = ?",
            [low, high],
        ).fetchall()
        return {kind for (kind,) in rows}


@pytest.fixture(scope="module")
def clusters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clusters]:
    """All traps in one log: their people share nothing with each other."""
    work = tmp_path_factory.mktemp("traps")
    log = TinyLog(work / "landing")
    for trap in (
        households_and_houses,
        agencies,
        numbers_and_mailboxes,
        cards_and_devices,
        people_policy_speaks_of,
    ):
        trap(log)
    (work / "state").mkdir()
    places = {"landing": log.write(), "state": work / "state", "target": work / "target"}
    places["RISK_HASH_KEY"] = "a key of these tests"
    database = work / "state" / "build.duckdb"
    dbt("seed", "--select", "path:seeds/policy", **places)
    with duckdb.connect(database) as connection:
        for name, decision, a, b, night in OVERRIDES:
            connection.execute(
                "insert into policy.policy_identity_overrides values "
                "(?, ?, 'user', ?, 'user', ?, ?, date '2025-01-01', 'analyst', 'a test')",
                [name, decision, a, b, night_of(night)],
            )
    built = ["--exclude-resource-type", "seed", "unit_test", "--indirect-selection", "cautious"]
    dbt("build", *built, "--select", "+int_cluster_sizes", "+int_cluster_periods", **places)
    with duckdb.connect(database, read_only=True) as connection:
        yield Clusters(connection, work / "target")


def test_a_household_is_not_one_person(clusters: Clusters) -> None:
    """Door, device and network together are not enough, whoever spells the street how."""
    family = [f"family-{number}" for number in range(4)]
    assert clusters.links("family-0", "family-1") >= {"street", "device"}
    assert clusters.apart(*family)
    assert clusters.links("couple-0", "couple-1") == {"street", "device", "ip_prefix"}
    assert clusters.apart("couple-0", "couple-1")


def test_a_dormitory_is_not_one_person(clusters: Clusters) -> None:
    """Its door links the first twenty, its machines the first ten, and nobody is joined."""
    assert clusters.apart(*(f"student-{number}" for number in range(25)))
    linked = clusters.connection.execute(
        """
        select identifier_type, count(distinct party)
        from intermediate.int_identity_links, unnest([party_a, party_b]) as ends(party)
        where party like 'user:student-%' and identifier_type in ('street', 'device')
        group by all order by all
        """
    ).fetchall()
    assert linked == [("device", 20), ("street", 20)]


def test_a_carrier_is_not_one_person(clusters: Clusters) -> None:
    """A network never joins, however few or many share it."""
    assert clusters.apart(*(f"mobile-{number}" for number in range(40)))


def test_creators_of_one_agency_are_themselves(clusters: Clusters) -> None:
    """Account, telephone and studio of a registered agency say nothing of who they are."""
    assert clusters.apart(*(f"creator:signed-{number}" for number in range(12)))
    for number in range(12):
        assert clusters.together(f"creator:signed-{number}", f"signed-user-{number}")


def test_an_account_that_pays_many_is_a_hub(clusters: Clusters) -> None:
    """Nobody registered the agency: its account joins the first ten and no one after them."""
    loose = [f"creator:loose-{number:02}" for number in range(14)]
    assert clusters.together(*loose[:10])
    assert clusters.apart(loose[0], *loose[10:])


def test_a_resold_number_joins_nobody(clusters: Clusters) -> None:
    """The old owner's version no longer holds it when the new owner comes."""
    assert clusters.apart("seller-of-number", "buyer-of-number")
    assert clusters.links("seller-of-number", "buyer-of-number") == set()


def test_an_overtaken_version_holds_nothing(clusters: Clusters) -> None:
    """An older version that arrives late never was the party's state; the newer one is."""
    assert clusters.apart("overtaken", "after-overtaken")
    assert clusters.together("overtaken", "same-as-overtaken")


def test_a_number_held_by_both_joins_from_that_night(clusters: Clusters) -> None:
    """However it is written, and when the older party takes it later, from then."""
    assert clusters.apart("one-number", "takes-number-later", night=5)
    spellings = ("again", "at-home", "with-trunk", "from-abroad")
    assert clusters.together("one-number", *(f"one-number-{how}" for how in spellings), night=2)
    assert clusters.apart("one-number", "same-digits-elsewhere", "town-of-011")
    assert clusters.together("one-number", "one-number-again", "takes-number-later", night=6)


def test_aliases_of_a_mailbox_are_one(clusters: Clusters) -> None:
    assert clusters.together("mailbox", "mailbox-again")


def test_a_chain_of_a_thousand_accounts_is_one_flagged_cluster(clusters: Clusters) -> None:
    """Each shares a card with the next; nobody splits them, a flag says so."""
    chain = [f"chain-{number:04}" for number in range(1000)]
    assert clusters.together(*chain)
    sizes = clusters.connection.execute(
        "select cluster_id, parties from intermediate.int_cluster_sizes where is_oversized"
    ).fetchall()
    assert sizes == [("user:chain-0000", 1000)]


def test_what_was_refused_shows_nothing(clusters: Clusters) -> None:
    """A card someone tried, an account someone tried to enter."""
    assert clusters.links("victim", "tester") == set()
    assert clusters.links("attacked", "attacker") == set()


def test_a_device_out_of_use_is_no_longer_held(clusters: Clusters) -> None:
    """Sold after its last use; one that stays in use links whoever uses it."""
    assert clusters.links("sold-phone", "bought-phone") == set()
    assert clusters.links("keeps-phone", "lends-phone") == {"device"}


def test_an_analyst_parts_two_parties(clusters: Clusters) -> None:
    """From that night, for good: a card they share later is no link."""
    assert clusters.together("parted-a", "parted-b", night=2)
    assert clusters.apart("parted-a", "parted-b", night=3)
    assert clusters.links("parted-a", "parted-b") == {"phone"}
    assert clusters.apart("parted-a", "parted-b")


def test_an_analyst_joins_two_parties(clusters: Clusters) -> None:
    """From that night, or from the night the second of them is known."""
    assert clusters.apart("stranger-a", "stranger-b", night=2)
    assert clusters.together("stranger-a", "stranger-b", night=3)
    assert clusters.together("stranger-c", "born-late", night=5)


def test_an_analyst_takes_a_decision_back(clusters: Clusters) -> None:
    """From that night the links judge again, those of the time in between as well."""
    assert clusters.together("mistaken-a", "mistaken-b", night=2)
    assert clusters.apart("mistaken-a", "mistaken-b", night=3)
    assert clusters.apart("mistaken-a", "mistaken-b", night=7)
    assert clusters.together("mistaken-a", "mistaken-b", night=8)
    assert clusters.links("mistaken-a", "mistaken-b") == {"phone", "instrument"}
    assert clusters.together("stranger-d", "stranger-e", night=7)
    assert clusters.apart("stranger-d", "stranger-e", night=8)


def test_an_override_of_nobody_is_told(clusters: Clusters) -> None:
    """The test that warns of it names the row and the party, until the row is taken back."""
    (query,) = clusters.target.glob("compiled/**/overrides_name_known_parties.sql")
    told = clusters.connection.execute(query.read_text(encoding="utf-8")).fetchall()
    assert sorted(told) == [("mistyped", "user:nobody"), ("to-come", "user:nobody-yet")]


def test_a_party_is_one_from_the_night_it_is_known(clusters: Clusters) -> None:
    """What was seen of it before counts from then."""
    assert clusters.of("born-late", night=4) == [None]
    assert clusters.links("born-late", "has-early-device") == {"device"}
