"""Married, and the bank still (or already) uses the other surname."""

from __future__ import annotations

import numpy as np

from simulator import people
from simulator.lookalikes.transliterated_holder import TransliteratedHolder


class MaidenName(TransliteratedHolder):
    """The same first name, another surname."""

    name = "maiden_name"
    per_20k_users = 4.0
    spelling = 0

    def holder(self, rng: np.random.Generator, name: int) -> int:
        """The first name stays."""
        heads = len(people.FIRST)
        return int(name % heads + heads * rng.integers(0, len(people.LAST)))


PLANT = MaidenName
