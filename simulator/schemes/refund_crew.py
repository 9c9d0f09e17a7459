"""Refunds as a service: somebody else writes the claim, for a share of it.

The customers are ordinary people without a thing in common; what they share is the hand of the
service. It knows after how many days a shop believes an empty box, and it has a photo of one. The
lazy service pastes one text and one photo into every claim on the same hour. A better one has some
templates, changes words and sizes the photo anew. The best keeps a drawer of each, crops, lets the
days differ, and takes small jobs too.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Array
from simulator.clock import DAY, HOUR
from simulator.crews import dear_goods
from simulator.economy.aftersales import EMPTY_BOX, MISSING
from simulator.planting import STRENGTHS, daytime, old_users, pick_start
from simulator.trade import Refunded, some_region
from simulator.world import World

_TEMPLATES = [
    "{hello} the parcel was delivered on {day} but when i opened the {box} in front of my {kin} it"
    " was completely empty, only {stuff} inside. the tape looked {tape}. i have attached a photo of"
    " the {box} and the label. please {ask} to my original payment method as soon as possible",
    "{hello} i am writing about my order that came on {day}. the {box} felt light and there was"
    " nothing but {stuff} in it. my {kin} can confirm this. the tape was {tape}, somebody must have"
    " taken the article on the way. i kindly request you to {ask} in full, photo is attached",
    "{hello} received the {box} {day}, weight on the label does not match. i unpacked it together"
    " with my {kin}: the product is missing and only {stuff} was left. as you see in the picture"
    " the seal is {tape}. i do not want a replacement, please {ask} without further delay",
    "{hello} unfortunately my package arrived without the item on {day}. inside the {box} i found"
    " {stuff} and nothing else, the closure had been {tape}. my {kin} was present the whole time. i"
    " trust you will {ask} today, the evidence is in the image that i uploaded with this claim",
    "{hello} this is about a delivery of {day} which turned out to be a {box} full of {stuff}. no"
    " product at all. my {kin} filmed the opening, here is a still of it. since the tape was {tape}"
    " before i touched it i expect that you {ask} and leave me out of the search for the goods",
]
_SLOTS = {
    "hello": ["dear support,", "hello team,", "good day,", "to the customer service,"],
    "day": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"],
    "box": ["box", "carton", "package"],
    "kin": ["wife", "brother", "flatmate", "mother"],
    "stuff": ["paper", "bubble wrap", "air cushions", "an old newspaper"],
    "tape": ["cut and closed again", "damaged", "torn", "double"],
    "ask": ["refund me", "refund the full amount", "return the money"],
}


def write(rng: np.random.Generator, template: str, changes: int) -> str:
    """A template with a few of its words changed; the rest are the first that come to mind."""
    names = list(_SLOTS)
    changed = set(rng.choice(names, min(changes, len(names)), replace=False).tolist())
    words = {
        name: choice[int(rng.integers(0, len(choice)))] if name in changed else choice[0]
        for name, choice in _SLOTS.items()
    }
    return template.format(**words)


def redraw(rng: np.random.Generator, image: int, bits: int) -> int:
    """The hash of a photo after some of its bits turned over."""
    for bit in rng.choice(62, bits, replace=False).tolist():
        image ^= 1 << bit
    return image


class RefundCrew(Refunded):
    """RET-04: claims of strangers that read, look and are timed alike."""

    name = "refund_crew"
    detection = "RET-04"
    scenario = 2
    names = ("order", "return")
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw services, their customers and their jobs."""
        for strength in STRENGTHS * self.count(world):
            days = {"low": 4.0, "medium": 7.0, "high": 10.0}[strength]
            start, region = pick_start(world, rng, days + 24), some_region(rng)
            n = {"low": 9, "medium": 7, "high": 6}[strength] + int(rng.gamma(2.0, 2.5))
            people = old_users(world, rng, n, start, region)
            shelf = dear_goods(world, region, start, 60 if strength == "high" else 140, 1500)
            if len(people) < 5 or not len(shelf):
                continue
            n = len(people)
            at = daytime(rng, world, region, start, days, n)
            number = world.truth.open(self, strength, int(at.max()), region, rng)
            world.truth.add(number, "user", people)
            wait = rng.uniform(1.5, 5.0) * DAY
            spread = {"low": 2.5, "medium": 8.0, "high": 22.0}[strength] * HOUR
            self.trade(
                number, people, at, rng.choice(shelf, n), items=1, quantity=1, method=0, pay=1,
                keep=1, returned=1, reason=int(rng.choice([EMPTY_BOX, MISSING], p=[0.6, 0.4])),
                return_lag=np.maximum(wait + rng.normal(0, 1, n) * spread, 3 * HOUR),
                story=world.add_stories(self._texts(rng, strength, n)),
                evidence=self._photos(rng, strength, n), disputed=0,
                refunded=(rng.random(n) < 0.85),
            )  # fmt: skip

    @staticmethod
    def _texts(rng: np.random.Generator, strength: str, n: int) -> list[str]:
        """One template with two words changed, up to a drawer of five rewritten each time."""
        kinds, changes = {"low": (1, 2), "medium": (3, 3), "high": (5, 6)}[strength]
        drawer = rng.permutation(len(_TEMPLATES))[:kinds]
        return [write(rng, _TEMPLATES[int(rng.choice(drawer))], changes) for _ in range(n)]

    @staticmethod
    def _photos(rng: np.random.Generator, strength: str, n: int) -> Array:
        """One photo sent again and again, up to a few that are cropped and filtered."""
        kinds, most = {"low": (1, 2), "medium": (2, 4), "high": (3, 9)}[strength]
        drawer = rng.integers(0, 2**62, kinds)
        return np.array(
            [redraw(rng, int(rng.choice(drawer)), int(rng.integers(0, most + 1))) for _ in range(n)]
        )


PLANT = RefundCrew
