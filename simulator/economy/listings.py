"""What shops change on their listings: prices, names, pictures, and sometimes the whole thing."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from simulator import people
from simulator.batch import NA, Array, Batch
from simulator.clock import DAY, HOUR
from simulator.columns import Code, Column, Id, pick
from simulator.landing import Landing, Versions
from simulator.world import CATEGORIES, World

FIELDS = ["price", "title", "category", "image", "gtin"]
PRICE, TITLE, CATEGORY, IMAGE, GTIN = range(5)
_DEFAULTS = {"price": NA, "title": -1, "category": -1, "image": 0, "gtin": NA}
_NOUNS = [
    "Jacket", "Shirt", "Dress", "Jeans", "Earbuds", "Charger", "Lamp", "Watch", "Serum", "Balm",
    "Shampoo", "Mask", "Pan", "Pillow", "Rug", "Vase", "Blocks", "Puzzle", "Plush", "Kite",
    "Coffee", "Tea", "Spice box", "Snacks", "Mat", "Bottle", "Gloves", "Tent", "Haircut",
    "Massage", "Dinner for two", "Car wash",
]  # fmt: skip
_ADJECTIVES = ["Soft", "Bright", "Classic", "Mini", "Everyday", "Travel", "Premium", "Cosy"]
_BRANDS = 30
_MANNERS = ["{}", "New {}", "{} all colours", "{} set of 2"]
TITLES = len(_MANNERS) * len(_ADJECTIVES) * _BRANDS * len(_NOUNS)


def title(category: Array, sub: Array, brand: Array, adjective: Array, manner: Array) -> Array:
    """The number of a title; `_texts_of` spells it out."""
    noun = category * 4 + sub
    return ((manner * len(_ADJECTIVES) + adjective) * _BRANDS + brand) * len(_NOUNS) + noun


def first_title(world: World, sku: Array, manner: Array | int = 0) -> Array:
    """The title a product was listed under, or (manner) a variation of it."""
    goods, sku = world.products, np.asarray(sku)
    return title(goods.category[sku], goods.sub[sku], goods.brand[sku], sku % 8, manner)


def title_text(number: int) -> str:
    """A title in words."""
    number, noun = divmod(int(number), len(_NOUNS))
    number, brand = divmod(number, _BRANDS)
    manner, adjective = divmod(number, len(_ADJECTIVES))
    return _MANNERS[manner].format(f"{_ADJECTIVES[adjective]} {people.LAST[brand]} {_NOUNS[noun]}")


def gtin_text(number: int) -> str | None:
    """A global number, invented; below 0 there is none."""
    return f"2{int(number) * 7_919 % 10**6:012d}" if number >= 0 else None


def edits(count: int, **given: Array | int) -> Batch:
    """Edits of listings (sku, at, and what is new), for `world.note("edits", ...)`."""
    rows = {**_DEFAULTS, **given}
    return Batch(
        **{
            name: np.broadcast_to(np.asarray(value, dtype=np.int64), count).copy()
            for name, value in rows.items()
        }
    )


def plan_edits(world: World) -> None:
    """Ordinary life on the shelf: names improved, prices moved a little, pictures changed.

    A shop lowers the price of what does not sell and raises it with its costs, mostly by less than
    a fifth. Fresh pictures come every few months, a corrected global number is rare, and sometimes
    two colours of one thing become one listing.
    """
    products, clock = world.products, world.clock
    rng = world.streams.get("listing changes")
    n = len(products)
    span = np.maximum(clock.end - products.listed_at, 1)
    at = products.listed_at + HOUR + (rng.random(n) * span).astype(np.int64)
    draw, factor = rng.random(n), np.exp(rng.normal(-0.03, 0.12, n))
    busy = np.zeros(n, dtype=bool)
    busy[[drop.sku for drop in world.drops]] = True
    for rows in world.notes.get("edits", []):
        busy[rows.sku] = True
    names = np.flatnonzero((draw < 0.1) & ~busy)
    moved = np.flatnonzero((draw > 0.1) & (draw < 0.22) & ~busy)
    shown = np.flatnonzero((rng.random(n) < 0.1) & ~busy)
    coded = np.flatnonzero((draw > 0.995) & (products.gtin >= 0) & ~busy)
    new = np.maximum((products.price * np.clip(factor, 0.65, 1.4)).astype(np.int64), 1)
    later = rng.random(len(shown)) * 9 * DAY
    own = [
        edits(len(names), sku=names, at=at[names], title=first_title(world, names, 1)),
        edits(len(moved), sku=moved, at=at[moved], price=new[moved]),
        edits(len(shown), sku=shown, at=at[shown] + later.astype(np.int64), image=1),
        edits(len(coded), sku=coded, at=at[coded], gtin=-1),
    ]
    every = Batch.concat([*own, *world.notes.get("edits", [])])
    every = every.take(np.lexsort((every.at, every.sku)))
    world.edits = every.take(every.at < clock.end)


def price_at(world: World, sku: Array, at: Array) -> Array:
    """What a product costs at a moment."""
    moves = world.edits.take(world.edits.price != NA)
    now = world.products.price[sku]
    if not len(moves):
        return now
    span = 2**33
    since = world.clock.history - 100 * DAY
    key = moves.sku * span + (moves.at - since) // 10**6
    place = np.searchsorted(key, sku * span + (at - since) // 10**6, "right") - 1
    hit = (place >= 0) & (moves.sku[place] == sku)
    return np.where(hit, moves.price[place], now)


def step_edits(world: World, versions: Versions) -> None:
    """Later versions of the edited products, one per changed field of an edit."""
    every, n = world.edits, len(world.products)
    turn = np.arange(len(every)) - np.searchsorted(every.sku, every.sku)
    for number in range(int(turn.max(initial=-1)) + 1):
        rows = every.take(turn == number)
        for column, given in (
            ("list_price_minor", rows.price != NA),
            ("title", rows.title >= 0),
            ("category_l1", rows.category >= 0),
            ("gtin", rows.gtin != NA),
        ):
            change = rows.take(given)
            if not len(change):
                continue
            when, source = np.full(n, NA), np.full(n, -1)
            when[change.sku], source[change.sku] = change.at, np.arange(len(change))
            value: Column = np.where(source < 0, NA, change.price[source])
            if column == "title":
                value = pick([title_text(name) for name in change.title], source)
            elif column == "category_l1":
                value = pick([CATEGORIES[code] for code in change.category], source)
            elif column == "gtin":
                value = pick([gtin_text(code) for code in change.gtin], source)
            versions.step(when, when != NA, **{column: value})


def emit_edits(world: World, landing: Landing) -> None:
    """Write the edits as changes with the value before and after."""
    products = world.products
    shelf: dict[int, dict[int, str | None]] = {}
    rows: list[tuple[int, int, int, str | None, str | None]] = []
    for sku, at, price, name, category, image, gtin in zip(
        *(world.edits.__dict__[column].tolist() for column in ("sku", "at", *_DEFAULTS)),
        strict=True,
    ):
        before = shelf.setdefault(
            sku,
            {
                PRICE: str(products.price[sku]),
                TITLE: title_text(first_title(world, sku)),
                CATEGORY: CATEGORIES[products.category[sku]],
                IMAGE: f"v{sku % 50}",
                GTIN: gtin_text(products.gtin[sku]),
            },
        )
        after: dict[int, str | None] = {}
        if price != NA:
            after[PRICE] = str(price)
        if name >= 0:
            after[TITLE] = title_text(name)
        if category >= 0:
            after[CATEGORY] = CATEGORIES[category]
        if image:
            after[IMAGE] = f"v{int(str(before[IMAGE])[1:]) + 1}"
        if gtin != NA:
            after[GTIN] = gtin_text(gtin)
        for field, value in after.items():
            if value != before[field]:
                rows.append((sku, at, field, before[field], value))
                before[field] = value
    n = len(rows)
    changed_at = np.array([row[1] for row in rows], dtype=np.int64)
    landing.add(
        "listing_changes",
        changed_at,
        change_id=Id("LC", world.ids.take("listing change", n)),
        sku_id=Id("P", np.array([row[0] for row in rows], dtype=np.int64)),
        field=Code(FIELDS, np.array([row[2] for row in rows], dtype=np.int64)),
        old_value=pa.array([row[3] for row in rows], pa.string()),
        new_value=pa.array([row[4] for row in rows], pa.string()),
        changed_at=changed_at,
    )
