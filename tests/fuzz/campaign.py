"""Runs cases in a child process for a while, and begins a new one where it died."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
"""Seconds without a word after which a child is given up: its own limit counts processor time only."""


@dataclass(frozen=True)
class Crash:
    """A case that did not end as it should, and what the child said."""

    number: int
    what: str


@dataclass
class Outcome:
    """The figures of one reader."""

    reader: str
    cases: int = 0
    crashes: list[Crash] = field(default_factory=list)
    slowest: float = 0.0
    slowest_case: int = 0
    peak: float = 0.0
    """Largest memory of a child, in megabytes."""
    last: int = 0

    def take(self, number: int, seconds: float, megabytes: float) -> None:
        self.cases += 1
        self.peak = max(self.peak, megabytes)
        if seconds > self.slowest:
            self.slowest, self.slowest_case = seconds, number


def campaign(
    reader: str, seconds: float, first: int = 0, *, most: int = 0, checked: bool = False, crashes: int = 20
) -> Outcome:
    """Try cases of one reader from number ``first`` on for so many seconds, ``most`` cases or ``crashes`` crashes.

    ``checked`` puts each through the whole check and not only through its reader.
    """
    outcome = Outcome(reader, last=first)
    end = time.monotonic() + seconds
    while time.monotonic() < end and len(outcome.crashes) < crashes and not (most and outcome.cases >= most):
        _one_child(outcome, end, most, checked)
    return outcome


def _one_child(outcome: Outcome, end: float, most: int, checked: bool) -> None:
    command = [sys.executable, "-m", "tests.fuzz.child", outcome.reader, str(outcome.last)]
    command += ["--check"] if checked else []
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace"
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        errors = _Lines(child.stderr)
        current: int | None = None
        ended = False
        for line in _Lines(child.stdout).until_silent(PATIENCE):
            words = line.split()
            if words[0] == "start":
                current = int(words[1])
                outcome.last = current + 1
            elif words[0] == "done":
                outcome.take(int(words[3]), float(words[1]), float(words[2]))
                current = None
            elif words[0] == "crash":
                outcome.cases += 1
                outcome.crashes.append(Crash(int(words[-1]), line[6:]))
                current = None
            if current is None and (time.monotonic() > end or (most and outcome.cases >= most)):
                ended = True
                break
        if not ended:
            child.kill()
            child.wait()
            said = "\n".join(list(errors.until_silent(5.0))[-40:])
            if current is None:
                raise RuntimeError(f"the child could not begin (exit code {child.returncode}):\n{said}")
            outcome.cases += 1
            outcome.crashes.append(Crash(current, f"ended with {child.returncode}:\n{said}"))
        child.kill()


class _Lines:
    """The lines of a pipe, read beside, so that one can stop waiting for the next."""

    def __init__(self, pipe: IO[str]) -> None:
        self._queue: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._copy, args=(pipe,), daemon=True).start()

    def _copy(self, pipe: IO[str]) -> None:
        for line in pipe:
            self._queue.put(line.rstrip("\n"))
        self._queue.put(None)

    def until_silent(self, seconds: float) -> Iterator[str]:
        """The lines until the pipe is closed or nothing comes for so long."""
        while True:
            try:
                line = self._queue.get(timeout=seconds)
            except queue.Empty:
                return
            if line is None:
                return
            if line:
                yield line
