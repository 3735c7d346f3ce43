"""Many files: some are known from an earlier run, the others are shared out among processes.

The results are the same, and in the same order, as if one process had checked one file after the other.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scriptlint import regexcache, results, run
from scriptlint.changes import Changes
from scriptlint.config import Settings
from scriptlint.discover import FoundFile
from scriptlint.ledger import Ledger
from scriptlint.model.context import Context
from scriptlint.model.record import dataclass, replace
from scriptlint.run import Examined, Setup

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

WORTH = 200_000
"""Bytes of scripts that take so long to check that a further process is worth its start."""

Tell = Callable[[int, int], None]
"""Told how many files are done, of how many."""


@dataclass(frozen=True, slots=True)
class Crew:
    """``jobs`` is how many processes work at most; None leaves it to the machine and the files."""

    jobs: int | None = None
    cache: Path | None = None
    tell: Tell | None = None

    def work(self, files: Sequence[FoundFile], setup: Setup) -> list[Examined]:
        """Examine files."""
        store = results.open_store(self.cache, setup) if len(files) > 1 else None
        done: dict[int, Examined] = {}
        if store is not None:
            found = ((number, store.get(file)) for number, file in enumerate(files))
            done = {number: known for number, known in found if known is not None}
        left = [number for number in range(len(files)) if number not in done]
        self._tell(len(done), len(files))
        jobs = self._jobs([files[number] for number in left])
        for number, examined in _several(left, files, setup, jobs) if jobs > 1 else _one(left, files, setup):
            done[number] = examined
            if store is not None:
                store.put(files[number], examined)
            self._tell(len(done), len(files))
        if store is not None:
            store.close()
        return [done[number] for number in range(len(files))]

    def _tell(self, done: int, total: int) -> None:
        if self.tell is not None:
            self.tell(done, total)

    def _jobs(self, files: Sequence[FoundFile]) -> int:
        if self.jobs is not None:
            return min(self.jobs, len(files))
        return min(_cores(), len(files), 1 + sum(map(_size, files)) // WORTH)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _size(file: FoundFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


_Results = Iterator[tuple[int, Examined]]


def _one(left: Sequence[int], files: Sequence[FoundFile], setup: Setup) -> _Results:
    return ((number, results.slim(run.from_disk(files[number], setup, run.examine))) for number in left)


def _several(left: Sequence[int], files: Sequence[FoundFile], setup: Setup, jobs: int) -> _Results:
    # The largest first, so that none is begun when the others have nothing left to do.
    waiting = dict.fromkeys(sorted(left, key=lambda number: -_size(files[number])))
    for number, examined in _shared(tuple(waiting), files, setup, jobs):
        del waiting[number]
        yield number, examined
    # A process died, and nobody knows over which of the files in work: each is tried in one of its own.
    for number in waiting:
        alone = next(_shared([number], files, setup, 1), None)
        died = "the process that checked this file died, so it is unchecked"
        yield alone or (number, run.unchecked(files[number], died, "it may need more memory than there is"))


def _shared(waiting: Sequence[int], files: Sequence[FoundFile], setup: Setup, jobs: int) -> _Results:
    """Results as they come, up to where a process died."""
    from concurrent.futures import as_completed
    from concurrent.futures.process import BrokenProcessPool

    with _pool(jobs, _Recipe.of(setup)) as pool:
        with _deaf():  # processes are started by the first task and ignore what their parent ignores
            tasks: dict[Future[Examined], int] = {pool.submit(_check, files[number]): number for number in waiting}
        with suppress(BrokenProcessPool):
            for task in as_completed(tasks):
                yield tasks[task], task.result()


@contextmanager
def _pool(jobs: int, recipe: _Recipe) -> Iterator[ProcessPoolExecutor]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Processes made anew know nothing of this one, on every system alike.
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(recipe,))
    try:
        yield pool
    except BaseException:
        # What is in work is given up: results are written whole or not at all, and only here.
        workers = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.terminate()
        raise
    pool.shutdown()


@contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal; only the first shall answer."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread: then the caller deals with signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@dataclass(frozen=True, slots=True)
class _Recipe:
    """What a process needs to load the same rules: they are not sent, since the cache has them."""

    settings: Settings
    as_of: date
    given: Context
    own_packs: bool
    cache: Path | None
    quote: bool
    changes: Changes | None

    @staticmethod
    def of(setup: Setup) -> _Recipe:
        return _Recipe(
            setup.settings,
            setup.as_of,
            setup.given,
            setup.own_packs,
            setup.cache,
            setup.quote,
            setup.ledger.changes,
        )

    def ready(self) -> Setup:
        ready = run.prepare(self.settings, self.as_of, self.given, own_packs=self.own_packs, cache=self.cache)
        return replace(ready, quote=self.quote, ledger=Ledger(changes=self.changes))


_ready: Setup | None = None
"""In a worker: what it checks with."""


def _start(recipe: _Recipe) -> None:
    global _ready
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if recipe.cache is not None:
        regexcache.load(recipe.cache)
    _ready = recipe.ready()


def _check(file: FoundFile) -> Examined:
    assert _ready is not None
    return results.slim(run.from_disk(file, _ready, run.examine))
