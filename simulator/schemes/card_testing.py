"""Card-testing bursts.

A tester holds a list of stolen or generated card numbers and needs to know which still work.
Each try costs nothing, so the list length (tens to a few hundred, heavy-tailed) sets the volume
and the tooling sets the speed. Bought lists are mostly dead; generated ones nearly all fail.
Careless testers loop on one machine. Better ones rotate device ids behind one cheap server.
The best rent home lines and go slowly, but still work through one issuer's range at a time.
What works is used within two days.
"""

from __future__ import annotations

import numpy as np

from simulator.batch import Array, Batch
from simulator.clock import DAY, HOUR, MINUTE, SECOND
from simulator.economy.demand import plan_orders, write_sessions
from simulator.economy.payments import VERIFY, VOID, attempts, bin_text, emit_attempts
from simulator.landing import Landing
from simulator.planting import STRENGTHS, Plant, pick_start
from simulator.regions import REGIONS, minor_units
from simulator.world import HOSTING, ISP, World


class CardTesting(Plant):
    """TXN-01: bursts on a device, on a network, or on one issuer seen from one network."""

    name = "card_testing"
    detection = "TXN-01"
    scenario = 0
    per_20k_users = 6.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw each burst whole: tries, cards, devices, networks, and what is bought after."""
        self.bursts: list[Batch] = []
        self.sessions: list[Batch] = []
        self.buys: list[tuple[int, int, int, int, int]] = []
        for strength in STRENGTHS * self.count(world):
            self._burst(world, rng, strength)

    def _burst(self, world: World, rng: np.random.Generator, strength: str) -> None:
        region = int(rng.integers(len(REGIONS)))
        start = pick_start(world, rng, 5)
        tries = {
            "low": 18 + rng.lognormal(3.5, 0.7),
            "medium": 14 + rng.lognormal(3.2, 0.6),
            "high": 9 + rng.lognormal(2.6, 0.5),
        }[strength]
        n = int(min(tries, 260))
        minutes = {
            "low": rng.uniform(4, 45),
            "medium": rng.uniform(20, 90),
            "high": rng.uniform(50, 300),
        }[strength]
        at = start + np.sort((rng.random(n) * minutes * MINUTE).astype(np.int64))
        device_count = {"low": 1, "medium": max(1, n // 6), "high": n}[strength]
        devices = world.add_devices(np.full(device_count, start - HOUR), rng, 0.4)
        networks = {"low": 1, "medium": 1, "high": int(rng.integers(3, 7))}[strength]
        kind = ISP if strength == "high" else HOSTING
        pool = world.prefixes_of(kind, region)
        prefix = rng.choice(pool, min(networks, len(pool)), replace=False)
        if strength == "high":  # rented lines of one provider
            same = pool[world.prefixes.asn[pool] == world.prefixes.asn[prefix[0]]]
            prefix = rng.choice(same, min(networks, len(same)), replace=False)
        used = prefix[rng.integers(0, len(prefix), n)]
        host = rng.integers(2, 250, n) if strength != "low" else np.full(n, rng.integers(2, 250))
        dead = {"low": rng.beta(20, 2.5), "medium": rng.beta(14, 3.5), "high": rng.beta(9, 4.5)}[
            strength
        ]
        issuers = {"low": 1, "medium": int(rng.integers(1, 4)), "high": 1}[strength]
        bins = 20 + rng.integers(0, 80, issuers)
        card = 4 * 10**7 + world.ids.take("stolen card", n)
        repeat = rng.random(n) < 0.06
        card[1:] = np.where(repeat[1:], card[:-1], card[1:])
        count = {"low": 1, "medium": max(1, n // 8), "high": max(1, n // 2)}[strength]
        born = np.full(count, start - int(rng.uniform(1, 30) * HOUR))
        accounts = world.add_users(count, np.full(count, region), born, rng)
        users = accounts[np.sort(rng.integers(0, count, n))]
        ip = used * 256 + host
        device = devices[np.sort(rng.integers(0, device_count, n))]
        usd = rng.choice([0.0, 0.5, 1.0, 1.0, 2.0], n) + np.round(rng.uniform(0, 0.9, n), 2)
        declined = rng.random(n) < dead
        check = rng.random(n) < 0.2
        rows = attempts(
            n,
            number=world.ids.take("payment", n),
            user=users,
            ip=ip,
            device=device,
            card=card,
            bin=bins[rng.integers(0, issuers, n)],
            issuer=region,
            region=region,
            kind=np.where(check, VERIFY, 1),
            amount=np.where(check, 0, minor_units(usd + 0.3, np.full(n, region))),
            result=declined,
            code=np.where(
                declined,
                rng.choice([1, 2, 3, 5, 6, 7, 0], n, p=[0.3, 0.12, 0.05, 0.12, 0.25, 0.08, 0.08]),
                -1,
            ),
            at=at,
        )
        self._log_in(world, rng, rows, used)
        number = world.truth.open(self, strength, start, region, rng)
        self._name(world, number, rows, devices, prefix)
        live = np.flatnonzero(~declined)
        undone = live[(rng.random(len(live)) < 0.6) & ~check[live]]
        release = attempts(
            len(undone),
            number=world.ids.take("payment", len(undone)),
            user=users[undone],
            kind=VOID,
            parent=rows.number[undone],
            card=card[undone],
            bin=rows.bin[undone],
            issuer=region,
            region=region,
            amount=rows.amount[undone],
            at=at[undone] + rng.integers(2, 40, len(undone)) * MINUTE,
        )
        self.bursts += [rows, release]
        self._cash_out(world, rng, number, region, start, card[live], rows.bin[live])

    def _log_in(self, world: World, rng: np.random.Generator, rows: Batch, network: Array) -> None:
        """A session per account and network, from just before its first try."""
        _, first, which = np.unique(
            rows.user * 10**6 + network, return_index=True, return_inverse=True
        )
        n = len(first)
        number = world.ids.take("session", n)
        rows.session = number[which]
        until = np.zeros(n, dtype=np.int64)
        np.maximum.at(until, which, rows.at)
        self.sessions.append(
            Batch(
                number=number,
                user=rows.user[first],
                device=rows.device[first],
                ip=rows.ip[first],
                at=rows.at[first] - rng.integers(5, 60, n) * SECOND,
                until=until + 5 * SECOND,
                login=np.zeros(n, dtype=np.int64),
                views=rng.integers(0, 3, n),
            )
        )

    def _name(self, world: World, number: int, rows: Batch, devices: Array, prefix: Array) -> None:
        truth = world.truth
        truth.add(number, "device", devices)
        truth.add(number, "ip_prefix", world.prefix_names(prefix))
        truth.add(number, "user", np.unique(rows.user))
        issuers = np.unique(rows.bin)
        labels = bin_text(np.full(len(issuers), rows.issuer[0]), issuers).to_pylist()
        truth.add(
            number, "bin_asn", [f"{label}:{world.prefixes.asn[prefix[0]]}" for label in labels]
        )

    def _cash_out(
        self,
        world: World,
        rng: np.random.Generator,
        number: int,
        region: int,
        start: int,
        card: Array,
        issuer: Array,
    ) -> None:
        use = min(len(card), int(rng.integers(1, 5)))
        if not use:
            return
        thieves = world.add_users(use, np.full(use, region), np.full(use, start - 2 * HOUR), rng)
        at = start + (rng.gamma(2.0, 10.0, use) * HOUR).astype(np.int64) + 5 * HOUR
        for row in range(use):
            self.buys.append(
                (number, int(thieves[row]), int(at[row]), int(card[row]), int(issuer[row]))
            )
        world.truth.add(number, "user", thieves)

    def orders(self, world: World, rng: np.random.Generator, first: int, last: int) -> Batch | None:
        """The purchases made with the cards that worked."""
        mine = np.array([b for b in self.buys if first <= b[1] < last], dtype=np.int64)
        if not len(mine):
            return None
        plan = plan_orders(world, rng, mine[:, 1], np.minimum(mine[:, 2], world.clock.end - DAY))
        n = len(plan)
        plan.plant, plan.card, plan.bin = mine[:, 0], mine[:, 3], mine[:, 4]
        plan.issuer = plan.region.copy()
        plan.method, plan.pay, plan.keep = np.zeros(n, int), np.ones(n, int), np.ones(n, int)
        plan.quantity = rng.integers(1, 4, n)
        plan.disputed = (rng.random(n) < 0.75).astype(np.int64)
        plan.dispute_group = np.zeros(n, dtype=np.int64)
        plan.dispute_lag = ((8 + rng.gamma(2.0, 12.0, n)) * DAY).astype(np.int64)
        return plan

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """The tries themselves."""
        sessions = Batch.concat(self.sessions)
        write_sessions(world, landing, sessions)
        rows = Batch.concat(self.bursts)
        emit_attempts(world, landing, rng, rows.take(rows.at < world.clock.end - SECOND))


PLANT = CardTesting
