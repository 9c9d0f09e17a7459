"""Checks that turn a stack trace in an hour into one line now."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

import duckdb

from nightly.errors import NightlyError
from nightly.manifest import History
from nightly.settings import Settings


def check_python(version: tuple[int, ...] = sys.version_info[:2]) -> None:
    """The lock file holds the packages for one Python."""
    if tuple(version[:2]) != (3, 11):
        raise NightlyError(
            f"this is Python {version[0]}.{version[1]}: run `make env` with Python 3.11, "
            "then use .venv/bin/python"
        )


def check_key(settings: Settings) -> None:
    """Personal data needs a key, unless the landing zone says that it is public."""
    if not os.environ.get("RISK_HASH_KEY") and not (settings.landing / "_PUBLIC").exists():
        raise NightlyError(
            f"RISK_HASH_KEY is not set and {settings.landing} holds no _PUBLIC marker: "
            "export RISK_HASH_KEY=<a long random secret, the same every night>"
        )


def key_fingerprint() -> str:
    """Tells two keys apart without giving either away: 12 hex digits of a slow hash of the key."""
    key = os.environ.get("RISK_HASH_KEY") or "the public demo key"
    return hashlib.pbkdf2_hmac("sha256", key.encode(), b"fingerprint", 200_000).hex()[:12]


def check_same_key(history: History, full_refresh: bool) -> None:
    """Hashes of two keys never match: a new key asks for every night to be built again."""
    known = history.completed[-1].get("key_fingerprint") if history.completed else None
    if known and known != key_fingerprint() and not full_refresh:
        raise NightlyError(
            "RISK_HASH_KEY is not the key the built nights were hashed with: export that key, or "
            'build every night anew with `make restate FROM=<first night> REASON="..." '
            "FULL_REFRESH=1`"
        )


def check_disk(settings: Settings) -> None:
    """Room for a copy of what stands, and the least that a build needs."""
    settings.state.mkdir(parents=True, exist_ok=True)
    build = settings.build.stat().st_size if settings.build.exists() else 0
    need = max(settings.min_free_mb * 2**20, 2 * build)
    free = shutil.disk_usage(settings.state).free
    if free < need:
        raise NightlyError(
            f"no disk: {settings.state} has {free / 2**20:,.0f} MB free and a run needs "
            f"{need / 2**20:,.0f} MB: free some, or set RISK_STATE to a larger disk"
        )


def check_unlocked(path: Path) -> None:
    """dbt writes the build file, so nobody else may hold it."""
    if not path.exists():
        return
    try:
        duckdb.connect(str(path)).close()
    except duckdb.IOException as error:
        holder = re.search(r"PID (\d+)", str(error))
        if not holder:
            raise NightlyError(
                f"{path} cannot be opened ({str(error).splitlines()[0]}): move it away and run "
                "again, everything is built anew from landing"
            ) from error
        raise NightlyError(
            f"{path} is open in process {holder[1]}: close it there and run again "
            "(readers should open published/marts.duckdb)"
        ) from error
