"""Invented names, mail addresses, phones and streets: realistic in shape, of nobody."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.batch import Array
from simulator.columns import join_text, pick

_HEADS = ["Al", "Be", "Ca", "Da", "El", "Fa", "Gi", "Ha", "Io", "Ju", "Ka", "Lo", "Mi", "No"]
_TAILS = ["bar", "dra", "feth", "gor", "lian", "mira", "neth", "ron", "sia", "tavi", "vel", "zane"]
FIRST = [head + tail for head in _HEADS for tail in _TAILS]
_ROOTS = [
    "Amber",
    "Birch",
    "Crow",
    "Dusk",
    "Elder",
    "Fern",
    "Gale",
    "Holt",
    "Iver",
    "Jarn",
    "Kest",
    "Lorn",
    "Marl",
    "Neve",
    "Orr",
    "Pell",
    "Quill",
    "Rook",
    "Stell",
    "Thorn",
]
_ENDS = ["by", "cote", "dale", "feld", "gard", "ham", "lund", "mere", "sson", "ton", "wick", "yev"]
LAST = [root + end for root in _ROOTS for end in _ENDS]
_FIRST_LOWER = [name.lower() for name in FIRST]
_LAST_LOWER = [name.lower() for name in LAST]
_DOMAINS = ["example.com", "example.net", "example.org", "mail.example.com", "post.example.net"]

_ROAD_HEADS = [
    "Maple",
    "Harbour",
    "Mill",
    "Station",
    "Garden",
    "Canal",
    "Meadow",
    "Chapel",
    "Orchard",
    "Quarry",
    "Bridge",
    "Summit",
    "Willow",
    "Forge",
    "Lantern",
    "Juniper",
    "Heron",
    "Copper",
    "Saddle",
    "Linden",
]
_ROADS = [f"{head} {root}" for head in _ROAD_HEADS for root in ["Hill", "Gate", "Field", "View"]]
_ROADS += [f"{root}{end}" for root in _ROOTS for end in _ENDS]
_KINDS = [
    ("Street", "St", "St.", "street"),
    ("Road", "Rd", "Rd.", "road"),
    ("Avenue", "Ave", "Ave.", "avenue"),
    ("Lane", "Ln", "Ln.", "lane"),
]
_SPELLINGS = [f"{road} {spelling}" for road in _ROADS for kind in _KINDS for spelling in kind]
STREETS = len(_ROADS) * len(_KINDS)
_GEO = "0123456789bcdefghjkmnpqrstuvwxyz"
_GEO3 = [a + b + c for a in _GEO for b in _GEO for c in _GEO]

NAMES = len(FIRST) * len(LAST)


def full_name(name: Array) -> pa.Array:
    """First and last name of a name number."""
    return join_text(pick(FIRST, name % len(FIRST)), " ", pick(LAST, name // len(FIRST)))


_SOUNDS = [("sson", "son"), ("th", "t"), ("ck", "k"), ("wick", "vic"), ("q", "k"), ("w", "v")]
_SOUNDS += [("f", "ph"), ("y", "i"), ("j", "y"), ("z", "s"), ("ee", "i"), ("gh", "h")]


def spelt_name(name: Array, spelling: Array) -> pa.Array:
    """A full name as it is (0), carried over from another script (1), surname first (2)."""
    plain = full_name(name)
    sounded = plain
    for pattern, sound in _SOUNDS:
        sounded = pc.replace_substring(sounded, pattern, sound)
    last, first = pick(LAST, name // len(FIRST)), pick(FIRST, name % len(FIRST))
    turned = pc.utf8_upper(join_text(last, " ", first))
    spelling = pa.array(spelling)
    return pc.if_else(
        pc.equal(spelling, 1), sounded, pc.if_else(pc.equal(spelling, 2), turned, plain)
    )


def email(name: Array, number: Array, alias: Array | None = None) -> pa.Array:
    """A mail address at a reserved domain; now and then in capitals or with a tag.

    An alias above 0 is a tag of its own: the mail arrives in the same box.
    """
    first = np.where(number % 41 == 0, len(FIRST), 0) + name % len(FIRST)
    dot = pick([".", "_", ""], number % 3)
    tag = pick(["", "+shop"], (number % 29 == 0).astype(np.int64))
    if alias is not None:
        tagged = join_text("+", np.asarray(alias, dtype=np.int64))
        tag = pc.if_else(pa.array(np.asarray(alias) > 0), tagged, tag)
    domain = pick(_DOMAINS, number % len(_DOMAINS))
    last = pick(_LAST_LOWER, name // len(FIRST))
    return join_text(pick(_FIRST_LOWER + FIRST, first), dot, last, number, tag, "@", domain)


def phone(region: Array, number: Array) -> pa.Array:
    """A phone number under the unassigned country code 999, in several spellings.

    Different numbers below 10^9 give different phones.
    """
    number = np.asarray(number, dtype=np.int64)
    digits = number * 618_033_989 % 10**9
    style = number % 3
    lead = pick(["+999 ", "00999", "+999-"], style)
    gap = pick([" ", "", "-"], style)
    return join_text(
        lead, 10 + region, gap, 100_000 + digits // 10_000, gap, 10_000 + digits % 10_000
    )


SPELLINGS = 32
"""Ways to write one address: four of the street's kind in eight manners."""
_BEFORE = ["", "", "", "", "No. ", "", "Building ", ""]
_BETWEEN = [" ", " ", ", ", "  ", " ", " ", " ", " "]
_AFTER = ["", "", "", "", "", ", Floor 2", ", Rear", " kqz"]


def street(street_no: Array, house: Array, spelling: Array, unit: Array) -> pa.Array:
    """A street line; the same place can be spelt in `SPELLINGS` ways, most of them in the first 16.

    From 16 on come additions that a courier ignores: a floor, a rear house, stray letters.
    """
    label = pick(_SPELLINGS, street_no * 4 + spelling % 4)
    flat = pick(["", " Apt ", " #", " Unit "], np.where(unit > 0, 1 + spelling % 3, 0))
    number = pick(["", *[str(n) for n in range(1, 400)]], np.minimum(unit, 399))
    manner = spelling // 4 % 8
    before, between, after = (pick(part, manner) for part in (_BEFORE, _BETWEEN, _AFTER))
    line = join_text(before, house, between, label, flat, number, after)
    return pc.if_else(pa.array(manner == 1), pc.utf8_upper(line), line)


def geohash7(city: Array, cell: Array) -> pa.Array:
    """Seven characters: the city fixes the first four, the cell the rest."""
    head = pick(_GEO3, (city * 487 + 1031) % len(_GEO3))
    fourth = pick(list(_GEO), (city * 7 + 3) % 32)
    return join_text(head, fourth, pick(_GEO3, cell % len(_GEO3)))
