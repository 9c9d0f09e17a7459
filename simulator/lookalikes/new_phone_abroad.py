"""On holiday with a new phone: another device, another country, and presents on the usual card."""

from __future__ import annotations

import numpy as np

from simulator.clock import DAY, HOUR, MINUTE
from simulator.crews import dear_goods
from simulator.economy.demand import write_sessions
from simulator.economy.onboarding import changes
from simulator.landing import Landing
from simulator.planting import daytime, old_users, pick_start
from simulator.regions import REGIONS
from simulator.trade import Trades, log_in
from simulator.world import MOBILE, World


class NewPhoneAbroad(Trades):
    """The owner in person; three in ten have forgotten the password on the new phone."""

    name = "new_phone_abroad"
    detection = "TXN-02"
    scenario = 0
    benign = True
    names = ("order", "payment")
    per_20k_users = 10.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Draw travellers, what they always buy, and what they buy there."""
        self.logins: list[tuple[int, int, int, int]] = []
        users = world.users
        for _ in range(self.count(world)):
            start = pick_start(world, rng, 18)
            user = int(old_users(world, rng, 1, start - 150 * DAY)[0])
            region = int(users.region[user])
            usual = dear_goods(world, region, start - 150 * DAY, 12, 90)
            if not len(usual):
                continue
            n, m = int(rng.integers(4, 10)), int(rng.integers(1, 4))
            home = users.address[user]
            self.trade(
                -1, np.full(n, user), daytime(rng, world, region, start - 140 * DAY, 135, n),
                rng.choice(usual, n), items=1, method=0, pay=1, address=home, disputed=0,
            )  # fmt: skip
            at = int(daytime(rng, world, region, start, 1, 1)[0])
            phone = int(world.add_devices(np.array([at - HOUR]), rng)[0])
            there = (region + int(rng.integers(1, len(REGIONS)))) % len(REGIONS)
            line = int(rng.choice(world.prefixes_of(MOBILE, there)))
            ip = line * 256 + int(rng.integers(1, 255))
            number = world.truth.open(self, "", at, region, rng)
            world.truth.add(number, "user", np.array([user]))
            world.truth.add(number, "device", np.array([phone]))
            self.logins.append((user, at, phone, ip))
            if rng.random() < 0.3:
                world.note(
                    "changes", changes(1, party=0, owner=user, at=at + 4 * MINUTE, device=phone)
                )
            buys = at + np.sort(rng.gamma(1.2, 40, m) * HOUR).astype(np.int64) + 20 * MINUTE
            self.trade(
                number, np.full(m, user), np.minimum(buys, world.clock.end - DAY),
                rng.choice(usual, m), items=1, quantity=1, method=0, pay=1, address=home,
                device=phone, ip=ip, disputed=0,
            )  # fmt: skip

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """The first login on the new phone."""
        for user, at, phone, ip in self.logins:
            one = (np.array([x]) for x in (user, at, phone, ip))
            write_sessions(world, landing, log_in(world, *one, rng))


PLANT = NewPhoneAbroad
