"""One run at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from nightly.errors import NightlyError
from nightly.settings import Settings


@contextmanager
def run_lock(settings: Settings) -> Iterator[int]:
    """Hold the run lock; yields its descriptor, so that a child can keep holding it.

    The kernel drops the lock with the last process that holds it: a killed run leaves none behind.
    """
    settings.state.mkdir(parents=True, exist_ok=True)
    path = settings.state / "run.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(handle, 32, 0).decode(errors="replace").strip() or "?"
            raise NightlyError(
                f"another run holds {path} (process {holder}): wait for it to end"
            ) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield handle
    finally:
        os.close(handle)
