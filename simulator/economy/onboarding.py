"""Verification of sellers and creators, their bank accounts, and which one a payout goes to."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator import people
from simulator.batch import NA, Array, Batch, runs
from simulator.clock import DAY, HOUR, MINUTE, SECOND
from simulator.columns import Code, Const, Id, join_text, pick
from simulator.economy.identity import PARTIES, party_id
from simulator.landing import Landing, Versions
from simulator.regions import CODES
from simulator.world import World, tax_number

FIELDS = ["password", "email", "phone", "payout_account", "address", "mfa", "name", "category"]
CHECKS = ["document", "liveness", "face_match", "sanctions"]
DOCUMENT, LIVENESS, FACE = range(3)
CAMERA, UPLOAD, VIRTUAL = range(3)

_SUBMISSION: dict[str, float] = {
    "party": 1,
    "owner": -1,
    "attempt": 1,
    "at": NA,
    "region": 0,
    "name": 0,
    "birth": -1,  # -1: the birthday that goes with the name
    "tax": -1,
    "address": -1,
    "device": -1,
    "ip": -1,
    "failed": -1,  # index into CHECKS: what it was rejected for
    "document": -1,
    "face": -1,
    "image": NA,  # NA: a picture like no other
    "capture": CAMERA,
    "liveness": np.nan,  # NaN: drawn as for ordinary people
    "quality": np.nan,
}
_ACCOUNT: dict[str, float] = {
    "party": 1,
    "owner": -1,
    "region": 0,
    "account": -1,
    "holder": -1,
    "spelling": 0,
    "added_at": NA,
    "device": -1,
}
_CHANGE: dict[str, float] = {
    "party": 0,
    "owner": -1,
    "field": 0,
    "at": NA,
    "device": -1,
    "session": -1,
}


def _rows(defaults: dict[str, float], count: int, given: dict[str, Array | int | float]) -> Batch:
    unknown = set(given) - set(defaults)
    if unknown:
        raise KeyError(f"no columns {sorted(unknown)}")
    out = {}
    for name, value in defaults.items():
        kind = float if np.isnan(value) else np.int64
        out[name] = np.broadcast_to(np.asarray(given.get(name, value), dtype=kind), count).copy()
    return Batch(**out)


def submissions(count: int, **given: Array | int | float) -> Batch:
    """Submissions for verification, for `world.note("submissions", ...)`."""
    return _rows(_SUBMISSION, count, given)


def accounts(count: int, **given: Array | int | float) -> Batch:
    """Later bank accounts of parties, for `world.note("accounts", ...)`."""
    return _rows(_ACCOUNT, count, given)


def changes(count: int, **given: Array | int | float) -> Batch:
    """Changes of sensitive fields, for `world.note("changes", ...)`."""
    return _rows(_CHANGE, count, given)


def bank_account(region: Array, number: Array) -> pa.Array:
    """An invented bank account number."""
    return join_text(
        pick(CODES, region), "00 TEST ", 10**7 + number * 331, " ", 1000 + number % 9000
    )


def emit_onboarding(world: World, landing: Landing) -> None:
    """Who was let in, on what papers, and where the money goes."""
    parties = _parties(world)
    _verify(world, landing, parties)
    _pay_to(world, landing, parties)


def _parties(world: World) -> Batch:
    """Sellers, then creators, with what they verify themselves with."""
    sellers, creators, users = world.sellers, world.creators, world.users
    n, m = len(sellers), len(creators)
    user = creators.user
    own = np.where(creators.device >= 0, creators.device, users.device[user])

    def both(name: str) -> Array:
        return np.concatenate([sellers.__dict__[name], creators.__dict__[name]])

    name = np.concatenate([sellers.name, users.name[user]])
    return Batch(
        party=np.repeat([1, 2], [n, m]),
        owner=np.concatenate([np.arange(n), np.arange(m)]),
        name=name,
        holder=np.where(both("holder") >= 0, both("holder"), name),
        device=np.concatenate([sellers.device, own]),
        ip=np.concatenate([sellers.home, users.home[user]]) * 256
        + np.concatenate([sellers.host, users.host[user]]),
        address=np.concatenate([sellers.address, np.full(m, -1)]),
        since=both("onboarded_at"),
        **{
            key: both(key)
            for key in ("region", "tax", "document", "face", "account", "spelling", "verified")
        },
    )


def _verify(world: World, landing: Landing, parties: Batch) -> None:
    """A submission each; one in eight is refused once or more before, mostly a blurred picture."""
    rng = world.streams.get("kyc")
    n = len(parties)
    refused = np.where(rng.random(n) < 0.12, np.minimum(rng.geometric(0.72, n), 5), 0)
    refused = np.where(parties.verified, refused, -1)
    row, step = runs(refused + 1)
    last = step == refused[row]
    before = (refused[row] - step) * (rng.gamma(1.4, 8.0, n) * HOUR + 4 * MINUTE)[row]
    ordinary = submissions(
        len(row),
        party=parties.party[row],
        owner=parties.owner[row],
        attempt=step + 1,
        at=parties.since[row] - HOUR - before.astype(np.int64),
        region=parties.region[row],
        name=parties.name[row],
        tax=parties.tax[row],
        address=parties.address[row],
        device=parties.device[row],
        ip=parties.ip[row],
        failed=np.where(last, -1, rng.choice([0, 1, 2], len(row), p=[0.5, 0.38, 0.12])),
        document=parties.document[row],
        face=parties.face[row],
        capture=np.searchsorted([0.87, 0.996], rng.random(len(row))),
    )
    rows = Batch.concat([ordinary, *world.notes.get("submissions", [])])
    rows = rows.take(rows.at < world.clock.end - HOUR)
    _write_submissions(world, landing, rng, rows)
    _write_checks(world, landing, rng, rows)


def _write_submissions(
    world: World, landing: Landing, rng: np.random.Generator, rows: Batch
) -> None:
    n = len(rows)
    decided = rows.at + (rng.random(n) * 40 * MINUTE).astype(np.int64) + MINUTE
    birth = np.where(rows.birth >= 0, rows.birth, rows.name)
    born = (-3000 - (birth * 37) % 12_000).astype(np.int32)
    seller = rows.party == 1
    tax = np.where(seller, rows.tax, rows.tax - 4_000_000)
    versions = Versions(
        world.clock,
        {
            "submission_id": Id("K", np.arange(n)),
            "party_type": Code(PARTIES, rows.party),
            "party_id": party_id(rows.party, rows.owner),
            "attempt_no": rows.attempt,
            "submitted_at": rows.at,
            "device_id": Id("D", rows.device),
            "ip": world.ip(rows.ip),
            "declared_name": people.full_name(rows.name),
            "date_of_birth": pa.array(born).cast(pa.date32()),
            "tax_id": tax_number(rows.region, tax),
            "address_id": Id("A", rows.address),
            "outcome": Const("pending", n),
        },
        n,
    )
    versions.step(rows.at)
    refused = (rows.failed >= 0).astype(np.int64)
    versions.step(decided, decided_at=decided, outcome=Code(["approved", "rejected"], refused))
    versions.write(landing, "kyc_submissions")


def _write_checks(world: World, landing: Landing, rng: np.random.Generator, rows: Batch) -> None:
    n = len(rows) * len(CHECKS)
    row = np.repeat(np.arange(len(rows)), len(CHECKS))
    kind = np.tile(np.arange(len(CHECKS)), len(rows))
    at = rows.at[row] + (kind + 1) * 10 * SECOND
    fail = rows.failed[row] == kind
    score = np.where(fail, rng.beta(2, 6, n), rng.beta(12, 2, n))
    for of, name in ((LIVENESS, "liveness"), (DOCUMENT, "quality")):
        told = rows.__dict__[name][row]
        score = np.where((kind == of) & ~np.isnan(told) & ~fail, told, score)
    document = kind == DOCUMENT
    image = np.where(rows.image[row] == NA, rng.integers(0, 2**62, n), rows.image[row])
    landing.add(
        "kyc_checks",
        at,
        check_id=Id("KC", np.arange(n)),
        submission_id=Id("K", row),
        checked_at=at,
        check_type=Code(CHECKS, kind),
        document_type=Code(["id_card", "passport"], np.where(document, rows.document[row] % 2, -1)),
        document_country=Code(CODES, np.where(document, rows.region[row], -1)),
        document_number=pc.if_else(document, join_text("X", 10**7 + rows.document[row]), None),
        document_image_phash=np.where(document, image, NA),
        face_cluster_id=Id("F", np.where(kind == FACE, rows.face[row], -1)),
        capture_source=Code(
            ["camera", "upload", "virtual_camera"], np.where(kind < 3, rows.capture[row], -1)
        ),
        score=np.round(score, 6),
        result=Code(["pass", "fail"], fail.astype(np.int64)),
    )


def _pay_to(world: World, landing: Landing, parties: Batch) -> None:
    """One bank account each, and later ones; keeps them in `world.banks`, by party and time."""
    rng = world.streams.get("payout accounts")
    n = len(parties)
    first = accounts(
        n,
        party=parties.party,
        owner=parties.owner,
        region=parties.region,
        account=parties.account,
        holder=parties.holder,
        spelling=np.where((parties.spelling == 0) & (rng.random(n) < 0.05), 2, parties.spelling),
        added_at=parties.since + 20 * MINUTE,
        device=parties.device,
    )
    moved = np.flatnonzero(rng.random(n) < 0.07)  # people change banks
    left = np.maximum(world.clock.end - first.added_at[moved] - DAY, 0)
    later = first.take(moved)
    later.account = later.account + 20_000_000
    later.added_at = later.added_at + DAY + (rng.random(len(moved)) * left).astype(np.int64)
    banks = Batch.concat([first, later, *world.notes.get("accounts", [])])
    banks = banks.take(np.lexsort((banks.added_at, banks.owner, banks.party)))
    banks.row = np.where(banks.party == 2, len(world.sellers), 0) + banks.owner
    world.banks = banks
    _write_accounts(world, landing, rng, banks)
    again = np.append(False, banks.row[1:] == banks.row[:-1])
    moves = banks.take(again)
    _write_changes(
        world,
        landing,
        Batch.concat(
            [
                changes(
                    len(moves),
                    party=moves.party,
                    owner=moves.owner,
                    field=3,
                    at=moves.added_at - 2 * MINUTE,
                    device=moves.device,
                ),
                *world.notes.get("changes", []),
            ]
        ),
    )


def _write_accounts(world: World, landing: Landing, rng: np.random.Generator, banks: Batch) -> None:
    n = len(banks)
    versions = Versions(
        world.clock,
        {
            "payout_account_id": Id("PA", np.arange(n)),
            "party_type": Code(PARTIES, banks.party),
            "party_id": party_id(banks.party, banks.owner),
            "account_number": bank_account(banks.region, banks.account),
            "bank_country": Code(CODES, banks.region),
            "holder_name": people.spelt_name(banks.holder, banks.spelling),
            "added_at": banks.added_at,
            "is_default": np.ones(n, dtype=bool),
            "added_device_id": Id("D", banks.device),
        },
        n,
    )
    versions.step(banks.added_at)
    checked = banks.added_at + (rng.random(n) * 3 * DAY).astype(np.int64)
    versions.step(checked, rng.random(n) < 0.97, verified_at=checked)
    followed = np.append(banks.row[1:] == banks.row[:-1], False)
    end = np.where(followed, np.append(banks.added_at[1:], 0), NA)
    removed = followed & (rng.random(n) < 0.7)
    versions.step(end, followed & ~removed, is_default=np.zeros(n, dtype=bool))
    versions.step(end, removed, is_default=np.zeros(n, dtype=bool), removed_at=end)
    versions.write(landing, "payout_accounts")


def bank_at(world: World, row: Array, at: Array) -> Array:
    """The number of the account that a party (sellers, then creators) is paid to at a moment."""
    banks = world.banks
    first = np.searchsorted(banks.row, row, "left")
    count = np.searchsorted(banks.row, row, "right") - first
    best = first.copy()
    for step in range(1, int(count.max(initial=1))):
        here = np.minimum(first + step, len(banks) - 1)
        best = np.where((step < count) & (banks.added_at[here] <= at), here, best)
    return best


def _write_changes(world: World, landing: Landing, rows: Batch) -> None:
    landing.add(
        "account_changes",
        rows.at,
        change_id=Id("AC", world.ids.take("change", len(rows))),
        party_type=Code(PARTIES, rows.party),
        party_id=party_id(rows.party, rows.owner),
        field=Code(FIELDS, rows.field),
        session_id=Id("SE", rows.session),
        device_id=Id("D", rows.device),
        changed_at=rows.at,
    )
