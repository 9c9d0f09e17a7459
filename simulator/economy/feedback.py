"""What people say: reviews of what they bought, and now and then of what they did not."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from simulator.batch import NA, Array, Batch
from simulator.clock import DAY
from simulator.columns import Id, join_text, pick
from simulator.landing import Landing
from simulator.world import World

_SHORT = [
    ["awful", "never again", "waste of money", "bad"],
    ["not good", "disappointed", "poor", "meh"],
    ["it is fine", "ok", "so so", "average"],
    ["good value", "good", "nice", "does the job"],
    ["love it", "perfect", "great", "fast delivery", "great quality, would buy again"],
]
_OPENINGS = [
    "I waited a week and", "My sister asked for this and", "Bought it as a present,",
    "Ordered on a Sunday,", "Second time I try this shop,", "After two weeks of use",
    "To be honest,", "I read the other reviews first, still", "For the price",
    "Compared to my old", "Opened the box with my kids,", "Straight out of the parcel",
    "First impression:", "Used it every day since,", "As somebody who knows such things",
    "Well,",
]  # fmt: skip
_THINGS = [
    "the stitching", "the colour", "the size", "the smell", "the packaging", "the handle",
    "the lid", "the material", "the zip", "the print", "the weight of it", "the finish",
    "the cable", "the description", "the seller's answer", "how it looks on the shelf",
]  # fmt: skip
_BAD = [
    "is nothing like the photos", "came apart within days", "made me send it straight back",
    "looks cheap and feels worse", "was broken on arrival", "is a bad joke",
    "let me down badly", "does not hold what was promised", "ruined the whole thing",
    "is not worth half the money",
]  # fmt: skip
_FAIR = [
    "could be better", "is about what I expected", "took some getting used to",
    "is neither good nor bad", "is fine for guests", "will do until I find another",
    "differs a little from the pictures", "is acceptable at this price",
]  # fmt: skip
_GOOD = [
    "surprised me in a good way", "is better than in the shop", "is exactly as shown",
    "makes me smile every morning", "has held up nicely", "got compliments from everybody",
    "is worth every coin", "convinced even my father", "is spot on", "could not be better",
]  # fmt: skip
_ENDINGS = [
    "", "", "Shipping took ages though.", "The courier was kind.",
    "Would I order again? We will see.", "Photos below.", "Thanks to whoever packed it.",
    "Take one size up.", "My neighbour wants one now.", "Keep the receipt.",
    "Support answered the next day.", "Not for small hands.",
]  # fmt: skip
_ASIDES = ["", " really", " simply", " just"]
MIDDLES = [_BAD, _BAD, _FAIR, _GOOD, _GOOD]


def phrase(stars: Array, number: Array) -> pa.Array:
    """A few sentences for some stars; the number decides which, its lowest digit hardly matters.

    Numbers that differ in the last digit only (of four) give nearly the same words.
    """
    aside, rest = number % 4, number // 4
    opening, rest = rest % len(_OPENINGS), rest // len(_OPENINGS)
    thing, rest = rest % len(_THINGS), rest // len(_THINGS)
    other, rest = (thing + 1 + rest % 15) % len(_THINGS), rest // 15
    ending, rest = rest % len(_ENDINGS), rest // len(_ENDINGS)
    flat = [text for group in MIDDLES for text in group]
    start = np.cumsum([0, *[len(group) for group in MIDDLES]])[stars - 1]
    size = np.array([len(group) for group in MIDDLES])[stars - 1]
    said, again = start + rest % size, start + (rest + 3) % size
    return join_text(
        pick(_OPENINGS, opening), " ", pick(_THINGS, thing), " ", pick(flat, said), ", and ",
        pick(_THINGS, other), pick(_ASIDES, aside), " ", pick(flat, again), ". ",
        pick(_ENDINGS, ending),
    )  # fmt: skip


def _texts(rng: np.random.Generator, stars: Array, words: Array) -> pa.Array:
    """Half write nothing or a word, half some sentences of their own; given words are kept."""
    n = len(stars)
    manner = rng.random(n)
    drawn = rng.integers(0, 2**40, n)
    long = (manner > 0.62) | (words >= 0)
    sizes = np.array([len(group) for group in _SHORT])[stars - 1]
    first = np.cumsum([0, *[len(group) for group in _SHORT]])[stars - 1]
    short = first + drawn % sizes
    flat = [text for group in _SHORT for text in group]
    brief = pick(flat, np.where(manner > 0.35, short, -1))
    full = phrase(stars, np.where(words >= 0, words, drawn))
    rows = np.arange(n) + np.where(long, n, 0)
    return pa.concat_arrays([brief, full]).take(pa.array(rows))


def emit_reviews(
    world: World,
    landing: Landing,
    rng: np.random.Generator,
    plan: Batch,
    items: Batch,
    claims: Batch,
) -> None:
    """Write reviews of delivered items."""
    done = plan.delivered_at[items.order] != NA
    asked = (plan.praise_lag[items.order] != NA) & (items.position == 0)
    rows = np.flatnonzero(done & ((rng.random(len(items)) < 0.17) | asked))
    m = len(rows)
    unhappy = np.isin(rows, claims.item)
    quality = world.sellers.quality[items.seller[rows]]
    stars = np.clip(np.floor(rng.normal(0.6 + 4.6 * quality, 0.9, m) + 0.5), 1, 5)
    stars = np.where(unhappy, np.maximum(stars - 2, 1), stars).astype(np.int64)
    order = items.order[rows]
    lag = plan.praise_lag[order]
    stars = np.where(lag != NA, np.where(plan.stars[order] > 0, plan.stars[order], 5), stars)
    at = (rng.gamma(1.2, 5, m) * DAY).astype(np.int64)
    at = plan.delivered_at[order] + np.where(lag != NA, lag, at)
    passed_on = rng.random(m) < 0.025  # given away or bought in the shop: no order behind it
    write_reviews(
        world,
        landing,
        rng,
        Batch(
            item=np.where(passed_on & (lag == NA), -1, items.number[rows]),
            sku=items.sku[rows],
            user=plan.buyer[order],
            stars=stars,
            words=np.where(lag != NA, plan.words[order], -1),
            at=at,
        ),
    )


def write_reviews(world: World, landing: Landing, rng: np.random.Generator, reviews: Batch) -> None:
    """Write reviews (item: -1 none, sku, user, stars, words: -1 drawn, at)."""
    n = len(reviews)
    landing.add(
        "reviews",
        reviews.at,
        review_id=Id("RV", world.ids.take("review", n)),
        order_item_id=Id("OI", reviews.item),
        sku_id=Id("P", reviews.sku),
        user_id=Id("U", reviews.user),
        rating=reviews.stars,
        review_text=_texts(rng, reviews.stars, reviews.words),
        image_phash=np.where(rng.random(n) < 0.15, rng.integers(0, 2**62, n), NA),
        posted_at=reviews.at,
    )
