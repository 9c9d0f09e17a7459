"""What a person sees while a run goes on: one line a stage."""

from __future__ import annotations

import sys
import time
from types import TracebackType


def say(text: str) -> None:
    """Print a line now."""
    print(text, flush=True)


class Progress:
    """A counter that redraws itself on a terminal and speaks every fifth of the way elsewhere."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.done = self.total = self.said = 0
        self.started = time.monotonic()
        self.drawn = sys.stdout.isatty()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.drawn and self.total:
            print("\r\033[K", end="", flush=True)

    def step(self, done: int, total: int) -> None:
        """Say that `done` of `total` are through."""
        if total != self.total:
            self.done = self.said = 0
        self.done, self.total = max(done, self.done), total
        seconds = time.monotonic() - self.started
        line = f"  {self.name} {self.done} of {total} · {seconds:.0f} s"
        if self.drawn:
            print(f"\r\033[K{line}", end="", flush=True)
        elif self.done * 5 // total > self.said:
            self.said = self.done * 5 // total
            say(line)
