"""What a scheme or a look-alike is, and the ground truth about the ones that were planted."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulator.batch import NA, Array, Batch
from simulator.clock import DAY, HOUR
from simulator.columns import id_text
from simulator.regions import to_usd

if TYPE_CHECKING:
    from simulator.landing import Landing
    from simulator.world import World

STRENGTHS = ["low", "medium", "high"]
PREFIX = {
    "user": "U",
    "seller": "S",
    "creator": "C",
    "device": "D",
    "order": "O",
    "payment": "PY",
    "session": "SE",
    "sku": "P",
    "content": "CT",
    "return": "R",
    "award": "AW",
    "dispute": "DP",
    "promotion": "PR",
    "payout_account": "PA",
    "address": "A",
}
CAUGHT = {"low": 0.35, "medium": 0.2, "high": 0.1}
"""How often a scheme is found out within the run, by how well it hides."""


class Plant:
    """Base of every scheme and look-alike. Override only the hooks that are needed.

    All hooks get a generator of their own. Orders and the rows they lead to belong to the
    instance named in `plan.plant`.
    """

    name: str
    detection: str  # the detection it should set off, or (look-alike) tempts
    scenario: int = 0  # index into governance.SCENARIOS
    benign = False
    names: tuple[str, ...] = ()  # what of its orders the ground truth names too (`_entities_of`)
    per_20k_users = 2.0  # instances (per strength, for schemes) at the demo size

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Choose who takes part, before anybody acts. May add users, devices and outages."""

    def arrange(self, world: World, rng: np.random.Generator) -> None:
        """What newcomers share, and what they hand in: once everybody is in `world`."""

    def orders(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch | None:
        """Orders of the users first..last that would not exist without it."""
        return None

    def shape(self, world: World, rng: np.random.Generator, plan: Batch) -> None:
        """Change what happens to planned orders (the override columns)."""

    def pay(self, world: World, rng: np.random.Generator, plan: Batch) -> Batch | None:
        """Payment attempts for orders planned with `pay = 2`; sets paid_at and auth."""
        return None

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """Rows that belong to no order."""

    def count(self, world: World) -> int:
        """How many instances to plant (per strength), growing with the marketplace."""
        return max(1, round(self.per_20k_users * world.scale / 20_000))

    def stakes(
        self, world: World, plan: Batch, items: Batch, refunds: Batch, disputes: Batch
    ) -> Array:
        """US dollars at stake in each order."""
        return to_usd(plan.paid_total, plan.region)


class Truth:
    """Every planted instance: who, since when, and how much is at stake."""

    def __init__(self) -> None:
        self.plants: list[Plant] = []
        self.strength: list[str] = []
        self.first: list[int] = []
        self.stake: list[float] = []
        self.caught_at: list[int] = []
        self.region: list[int] = []
        self.entities: list[list[tuple[str, list[str], list[int]]]] = []

    def open(
        self,
        plant: Plant,
        strength: str,
        first_event_at: int,
        region: int,
        rng: np.random.Generator,
    ) -> int:
        """Register an instance; returns its number."""
        self.plants.append(plant)
        self.strength.append(strength)
        self.first.append(int(first_event_at))
        self.stake.append(0.0)
        caught = rng.random() < CAUGHT.get(strength, 0.0) and not plant.benign
        delay = int((5 + rng.gamma(2.0, 12.0)) * DAY)
        self.caught_at.append(int(first_event_at) + delay if caught else NA)
        self.region.append(int(region))
        self.entities.append([])
        return len(self.plants) - 1

    def add(self, number: int, kind: str, values: Array | list[str]) -> None:
        """Name entities of an instance: numbers of a kind with ids, or ready text."""
        if kind in PREFIX and isinstance(values, np.ndarray):
            text = id_text(PREFIX[kind], values).to_pylist()
            self.entities[number].append((kind, text, values.tolist()))
        else:
            self.entities[number].append((kind, list(values), []))

    def numbers(self, number: int, kind: str) -> list[int]:
        """The entity numbers of a kind in an instance."""
        return [n for k, _, numbers in self.entities[number] if k == kind for n in numbers]

    def settle(
        self, world: World, plan: Batch, items: Batch, refunds: Batch, disputes: Batch
    ) -> None:
        """Add up stakes and the payments of the planted orders of a chunk."""
        stakes: dict[str, Array] = {}
        for number in np.unique(plan.plant[plan.plant >= 0]).tolist():
            rows = np.flatnonzero(plan.plant == number)
            plant = self.plants[number]
            if plant.name not in stakes:
                stakes[plant.name] = plant.stakes(world, plan, items, refunds, disputes)
            stake = stakes[plant.name][rows]
            self.stake[number] += float(stake.sum())
            self.first[number] = min(self.first[number], int(plan.placed_at[rows].min()))
            hot = rows[(plan.capture[rows] >= 0) & (stake > 0)]
            for kind in plant.names:
                self.add(number, kind, _entities_of(world, kind, plan, items, disputes, rows, hot))

    def write(self, folder: Path) -> dict[str, int]:
        """Write schemes.parquet and lookalikes.parquet; returns instances per name."""
        folder.mkdir(parents=True, exist_ok=True)
        counts: dict[str, int] = {}
        rows: dict[bool, list[dict[str, object]]] = {False: [], True: []}
        told: set[tuple[int, str, str]] = set()
        for number, plant in enumerate(self.plants):
            label = plant.name if plant.benign else f"{plant.detection}/{self.strength[number]}"
            counts[label] = counts.get(label, 0) + 1
            for kind, texts, _ in self.entities[number]:
                for text in texts:
                    if (number, kind, text) in told:
                        continue
                    told.add((number, kind, text))
                    rows[plant.benign].append(
                        {
                            "scheme_id": f"{plant.name}-{number:05d}",
                            "scheme_type": plant.name,
                            "detection_id": plant.detection,
                            "strength": self.strength[number],
                            "entity_type": kind,
                            "entity_id": text,
                            "first_event_at": self.first[number],
                            "stake_usd": round(self.stake[number], 2),
                        }
                    )
        common = [
            ("entity_type", pa.string()),
            ("entity_id", pa.string()),
            ("first_event_at", pa.timestamp("us")),
        ]
        schemes = pa.schema(
            [
                ("scheme_id", pa.string()),
                ("scheme_type", pa.string()),
                ("detection_id", pa.string()),
                ("strength", pa.string()),
                *common,
                ("stake_usd", pa.float64()),
            ]
        )
        pq.write_table(pa.Table.from_pylist(rows[False], schemes), folder / "schemes.parquet")
        tempting = pa.schema(
            [
                ("lookalike_id", pa.string()),
                ("lookalike_type", pa.string()),
                ("tempts", pa.string()),
                *common,
            ]
        )
        renamed = [
            {
                **row,
                "lookalike_id": row["scheme_id"],
                "lookalike_type": row["scheme_type"],
                "tempts": row["detection_id"],
            }
            for row in rows[True]
        ]
        pq.write_table(pa.Table.from_pylist(renamed, tempting), folder / "lookalikes.parquet")
        return counts


def _entities_of(
    world: World, kind: str, plan: Batch, items: Batch, disputes: Batch, rows: Array, hot: Array
) -> Array | list[str]:
    """Who and what took part in the orders at `rows`; payments only where money is at stake."""
    if kind == "payment":
        return plan.capture[hot]
    if kind == "return":
        return items.claim[np.isin(items.order, rows) & (items.claim >= 0)]
    if kind == "dispute":
        open_ = disputes.opened_at < world.clock.end
        return disputes.number[np.isin(disputes.order, rows) & open_]
    if kind == "ip_prefix":
        return world.prefix_names(plan.ip[rows] // 256)
    if kind == "bin_asn":
        from simulator.economy.payments import bin_text  # the economy imports this module

        rows = rows[plan.method[rows] == 0]
        issuer = bin_text(plan.issuer[rows], plan.bin[rows]).to_pylist()
        network = world.prefixes.asn[plan.ip[rows] // 256].tolist()
        return sorted({f"{b}:{asn}" for b, asn in zip(issuer, network, strict=True)})
    column = {"user": "buyer", "order": "number"}.get(kind, kind)
    values = np.unique(plan.__dict__[column][rows])
    return values[values >= 0]


def discover(package: ModuleType) -> list[Plant]:
    """The plants of a package: each module holds one class named in `PLANT`."""
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}").PLANT() for name in names]


def pick_start(world: World, rng: np.random.Generator, days: float, lead: float = 2.0) -> int:
    """A moment in the nights that leaves `days` before the end, where the run is long enough."""
    span = (world.clock.end - world.clock.start) / DAY
    latest = max(span - days, min(lead + 1.0, span * 0.5))
    return world.clock.start + int(rng.uniform(min(lead, latest / 2), latest) * DAY)


def old_users(
    world: World, rng: np.random.Generator, count: int, before: int, region: int | None = None
) -> Array:
    """Ordinary users who joined well before a moment (of the busiest regions if none is named)."""
    if region is None:
        sizes = np.array([len(pool) for pool in world.eligible], dtype=float)
        region = int(rng.choice(len(sizes), p=sizes / sizes.sum()))
    pool = world.eligible[region]
    born = np.searchsorted(world.users.created_at[pool], before - 3 * HOUR)
    return pool[rng.choice(max(int(born), 1), min(count, max(int(born), 1)), replace=False)]


def daytime(
    rng: np.random.Generator, world: World, region: Array | int, start: int, days: float, count: int
) -> Array:
    """Moments of human shopping hours spread over some days from a start."""
    code = np.broadcast_to(np.asarray(region), count)
    day = start + (rng.random(count) * days).astype(np.int64) * DAY
    since = np.minimum(day, world.clock.end - DAY)
    low = world.clock.mass_at(code, since)
    high = world.clock.mass_at(code, since + DAY)
    target = low + rng.random(count) * (high - low)
    out = np.empty(count, dtype=np.int64)
    for row in range(count):
        edges = world.clock.mass[code[row]]
        hour = int(np.clip(np.searchsorted(edges, target[row], "right") - 1, 0, len(edges) - 2))
        part = (target[row] - edges[hour]) / (edges[hour + 1] - edges[hour])
        out[row] = world.clock.history + int((hour + part) * HOUR)
    return np.maximum(out, start)
