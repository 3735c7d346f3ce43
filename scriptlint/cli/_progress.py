"""A bar for long runs, on a terminal only, gone before anything else is printed."""

from __future__ import annotations

import contextlib
import sys
import time

_AFTER = 2.0
"""Seconds after which a run is long."""
_EVERY = 0.1
_WIDTH = 30


class Progress:
    """Told how many files are done, shows it to the person who waits."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._active = not quiet and sys.stderr is not None and sys.stderr.isatty()
        self._started = self._last = time.monotonic()
        self._shown = False

    def tell(self, done: int, total: int) -> None:
        """Show the bar if the run is long."""
        now = time.monotonic()
        if not self._active or now - self._started < _AFTER or now - self._last < _EVERY:
            return
        self._last = now
        filled = _WIDTH * done // max(total, 1)
        self._write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{total}\x1b[K")
        self._shown = True

    def clear(self) -> None:
        """Take the bar away."""
        if self._shown:
            self._write("\r\x1b[K")
            self._shown = False

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(text)
            sys.stderr.flush()
