"""The regions the marketplace serves: currency, price level, cities and festivals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.batch import Array


@dataclass(frozen=True)
class Region:
    """One market."""

    code: str
    currency: str
    exponent: int
    usd_per_unit: float
    utc_offset_hours: int
    share: float
    tax: float
    price_level: float
    price_step: int  # prices are multiples of this many minor units
    price_ending: int  # ... less this many
    cities: tuple[str, ...]
    festivals: tuple[tuple[str, int, float], ...]  # first day mm-dd, days, lift


_EU = (("01-07", 14, 1.35), ("02-10", 5, 1.3), ("05-06", 5, 1.25), ("11-24", 7, 2.2))

REGIONS: tuple[Region, ...] = (
    Region(
        "US",
        "USD",
        2,
        1.0,
        -6,
        0.30,
        0.07,
        1.0,
        100,
        1,
        ("Austin", "Boise", "Columbus", "Denver", "Fresno", "Mesa", "Omaha", "Tulsa"),
        (("02-10", 5, 1.35), ("05-04", 7, 1.4), ("11-24", 7, 2.4), ("12-10", 12, 1.6)),
    ),
    Region(
        "GB",
        "GBP",
        2,
        1.27,
        0,
        0.14,
        0.20,
        0.95,
        100,
        1,
        ("Bristol", "Cardiff", "Derby", "Exeter", "Leeds", "Luton", "Norwich"),
        _EU,
    ),
    Region(
        "DE",
        "EUR",
        2,
        1.09,
        1,
        0.14,
        0.19,
        0.95,
        100,
        5,
        ("Bremen", "Dresden", "Essen", "Hagen", "Kassel", "Mainz", "Ulm"),
        _EU,
    ),
    Region(
        "FR",
        "EUR",
        2,
        1.09,
        1,
        0.09,
        0.20,
        0.95,
        100,
        10,
        ("Amiens", "Brest", "Dijon", "Lille", "Nantes", "Rennes", "Tours"),
        _EU,
    ),
    Region(
        "BR",
        "BRL",
        2,
        0.18,
        -3,
        0.15,
        0.12,
        0.65,
        100,
        10,
        ("Belem", "Campinas", "Goiania", "Natal", "Recife", "Santos"),
        (("03-10", 6, 1.5), ("05-05", 6, 1.4), ("06-06", 6, 1.35), ("11-24", 7, 2.2)),
    ),
    Region(
        "JP",
        "JPY",
        0,
        0.0066,
        9,
        0.12,
        0.10,
        0.9,
        10,
        0,
        ("Akita", "Chiba", "Gifu", "Kobe", "Nara", "Otsu", "Sendai"),
        (("01-02", 5, 1.5), ("03-04", 8, 1.5), ("06-15", 20, 1.2), ("11-24", 7, 1.7)),
    ),
    Region(
        "KW",
        "KWD",
        3,
        3.25,
        3,
        0.06,
        0.0,
        0.9,
        50,
        0,
        ("Hawally", "Jahra", "Salmiya", "Fintas"),
        (("02-18", 28, 1.35), ("03-18", 6, 1.9), ("11-24", 7, 1.8)),
    ),
)

CODES = [region.code for region in REGIONS]
CURRENCIES = [region.currency for region in REGIONS]
SHARES = np.array([region.share for region in REGIONS])


def attribute(name: str, codes: Array) -> Array:
    """A numeric attribute of the regions at codes."""
    return np.array([getattr(region, name) for region in REGIONS])[codes]


def minor_units(usd: Array, region: Array) -> Array:
    """US dollars as minor units of the region's currency, rounded to a whole unit."""
    scale = 10.0 ** attribute("exponent", region) / attribute("usd_per_unit", region)
    return np.floor(np.asarray(usd) * scale + 0.5).astype(np.int64)


def to_usd(minor: Array, region: Array) -> Array:
    """Minor units as US dollars at the base rate."""
    scale = attribute("usd_per_unit", region) / 10.0 ** attribute("exponent", region)
    return np.asarray(minor) * scale


def shelf_price(usd: Array, region: Array) -> Array:
    """A price as shops write it in the region: 19.99, 1,480 yen, 4.250 dinars."""
    step = attribute("price_step", region)
    raw = minor_units(usd * attribute("price_level", region), region)
    whole = np.maximum((raw + step // 2) // step, 1) * step
    return np.maximum(whole - attribute("price_ending", region), 1)


def festival_lift(region: Region, day: Array) -> Array:
    """The demand multiplier of each local day (days since 1970)."""
    dates = day.astype("datetime64[D]")
    years = dates.astype("datetime64[Y]")
    lift = np.ones(len(dates))
    for first, days, height in region.festivals:
        month, dom = (int(part) for part in first.split("-"))
        begin = years.astype("datetime64[M]") + np.timedelta64(month - 1, "M")
        begin = begin.astype("datetime64[D]") + np.timedelta64(dom - 1, "D")
        offset = (dates - begin).astype(np.int64)
        ramp = np.where((offset >= 0) & (offset < days), height, 1.0)
        lift = np.maximum(lift, ramp)
    return lift
