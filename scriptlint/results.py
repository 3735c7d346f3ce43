"""Results kept from run to run: a file that is as it was, under rules and settings that are as they were, is not
checked again.

What is kept of a file are its findings and notes, in which personal data is masked, and never its text.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from scriptlint import __version__, cachefiles, discover
from scriptlint.discover import FoundFile
from scriptlint.model.context import Context, Fact
from scriptlint.model.finding import Clause, Edit, Finding, Fix, Identity, Problem, Related, Status, Tier
from scriptlint.model.record import replace
from scriptlint.model.report import FileRecord
from scriptlint.model.rule import Level, Verdict
from scriptlint.model.span import Position, Span
from scriptlint.packs.plain import Classes, Freezing, Thawing
from scriptlint.run import LARGEST_FILE, Examined, Setup

_FORMAT = 1
_FOLDER = "results"
_KEPT = 10_000
_CLASSES: Classes = (
    FileRecord, Context, Fact, Finding, Status, Clause, Related, Edit, Fix, Identity, Problem, Position, Span,
    Level, Verdict, Tier,
)  # fmt: skip
_MODULES = (
    "", "fixing", "language", "language/entities", "model", "packs", "readers", "triage", "verbs",
)  # fmt: skip
"""Folders of the modules that decide what is found in a file."""


def open_store(cache: Path | None, setup: Setup) -> Store | None:
    """The results of earlier runs like this one. None where a result depends on more than the file (a revision), holds
    more than may be kept (texts for a report), or where nothing shall be kept."""
    if cache is None or setup.quote or setup.ledger.changes is not None:
        return None
    digest = sha256(repr((_FORMAT, __version__, sys.version)).encode())
    for line in cachefiles.stamp(_MODULES):
        digest.update(line)
    asked = (setup.ruleset.fingerprint, tuple(setup.ruleset.rules), setup.as_of, sorted(setup.levels.items()))
    digest.update(repr((asked, setup.settings, setup.given)).encode("utf-8", "surrogateescape"))
    return Store(cache / _FOLDER, digest.digest(), setup)


class Store:
    """The results of runs with the same rules, settings and context."""

    def __init__(self, place: Path, run: bytes, setup: Setup) -> None:
        self._place = place
        self._run = run
        self._root = setup.settings.root
        self._wrote = False

    def get(self, file: FoundFile) -> Examined | None:
        """What is known of a file as it is now."""
        try:
            if file.path.stat().st_size > LARGEST_FILE:
                return None
            data = sha256(file.path.read_bytes()).hexdigest()
        except OSError:
            return None
        parts = cachefiles.read(self._place, self._name(file, data))
        if parts is None:
            return None
        try:
            record, findings, problems = Thawing(parts.at, _no_patterns, _CLASSES).value(parts.main)
        except (TypeError, ValueError, IndexError):
            return None
        return Examined(record, findings, problems, path=file.path)

    def put(self, file: FoundFile, examined: Examined) -> None:
        """Keep a result. What could not be checked whole is tried again the next time."""
        if not examined.record.sha256 or any(problem.severity == "unread" for problem in examined.problems):
            return
        writer = cachefiles.Writer()
        kept = (examined.record, examined.findings, examined.problems)
        try:
            data = writer.file(Freezing(writer.add, _no_pattern, _CLASSES).data(kept))
        except (TypeError, ValueError):
            return
        cachefiles.write(self._place, self._name(file, examined.record.sha256), data, None)
        self._wrote = True

    def close(self) -> None:
        """Throw out the oldest results when there are too many."""
        if self._wrote:
            cachefiles.prune(self._place, _KEPT)

    def _name(self, file: FoundFile, data: str) -> str:
        inside = discover.shown_path(file.path, self._root)
        key = f"{file.shown}\0{inside}\0{data}".encode("utf-8", "surrogateescape")
        return sha256(self._run + key).hexdigest()[:40]


def slim(examined: Examined) -> Examined:
    """A result without what only the process that made it needs."""
    return replace(examined, document=None, context=None, trace=(), private=())


def _no_patterns(*_: Any) -> None:
    raise ValueError("a result holds no patterns")


def _no_pattern(_: Any) -> tuple[Any, ...]:
    raise TypeError("a result holds no patterns")
