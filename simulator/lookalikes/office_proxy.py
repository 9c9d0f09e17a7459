"""A company watches its own launch from the office.

All traffic of the office leaves through a proxy in a data centre, or through the company's VPN.
Hundreds of colleagues watch the film of the launch between two meetings, like it, send it round.
Each sits at a machine of their own with one account.
"""

from __future__ import annotations

import numpy as np

from simulator.audience import acts, films_of, pick_film, write_acts
from simulator.batch import Array, runs
from simulator.clock import DAY, HOUR, SECOND
from simulator.economy.traffic import CLICK, COMMENT, LIKE, SHARE, VIEW
from simulator.landing import Landing
from simulator.planting import Plant, old_users
from simulator.regions import REGIONS
from simulator.world import HOSTING, VPN, World


class OfficeProxy(Plant):
    """One network, even a hosting one, and one account a device."""

    name = "office_proxy"
    detection = "TRF-04"
    scenario = 6
    benign = True
    per_20k_users = 3.0

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The company's channel, the day, the staff and the way out."""
        self.launches: list[tuple[int, int, int, Array]] = []
        for turn in range(self.count(world)):
            film = pick_film(world, rng, 3.0)
            if film < 0:
                continue
            region = int(world.content.region[film])
            morning = (int(world.content.published_at[film]) // DAY + 1) * DAY
            morning += (9 - REGIONS[region].utc_offset_hours) * HOUR
            staff = old_users(world, rng, int(rng.integers(60, 180)), morning, region)
            line = int(rng.choice(world.prefixes_of((HOSTING, VPN)[turn % 2], region)))
            number = world.truth.open(self, "", morning, region, rng)
            world.truth.add(number, "user", staff)
            world.truth.add(number, "content", np.array([film]))
            world.truth.add(number, "creator", world.content.creator[[film]])
            world.truth.add(number, "ip_prefix", world.prefix_names(np.array([line])))
            self.launches.append((film, morning, line, staff))

    def events(self, world: World, landing: Landing, rng: np.random.Generator) -> None:
        """Through the working day, in breaks."""
        parts = []
        for film, morning, line, staff in self.launches:
            who, step = runs(1 + rng.poisson(4.0, len(staff)))
            n = len(who)
            pause = np.cumsum(rng.lognormal(3.4, 1.1, n) * SECOND)
            begin = pause[np.flatnonzero(step == 0)][who]
            at = morning + (rng.random(len(staff)) * 7.5 * HOUR)[who] + pause - begin
            kind = rng.choice(
                [VIEW, LIKE, COMMENT, SHARE, CLICK], n, p=[0.6, 0.2, 0.06, 0.06, 0.08]
            )
            own = films_of(world, world.content.creator[[film]], morning)
            what = np.where(rng.random(n) < 0.8, film, rng.choice(own, n))
            ip = line * 256 + rng.integers(2, 12, n)
            parts.append(acts(world, staff[who], what, kind, at.astype(np.int64), ip=ip))
        write_acts(world, landing, rng, parts)


PLANT = OfficeProxy
