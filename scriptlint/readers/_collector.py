"""Keeps Python's collector of cycles out of the way while a reader makes a great many objects that have none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """No search for cycles inside. It would look through every segment made so far again and again.

    What is no longer used is freed all the same, since that does not need the collector.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
