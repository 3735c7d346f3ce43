"""A match told to a person, and a thing that could not be checked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from scriptlint.model.record import dataclass, field
from scriptlint.model.rule import Basis, Instrument, Level, Verdict
from scriptlint.model.span import Position, Span


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a finding: ``open`` or one of ``SILENT``, and why."""

    state: str = "open"
    reason: str = ""


OPEN = Status()
SILENT = ("suppressed", "waived", "baselined", "unchanged", "unsupported")
"""The states of findings that fail nothing: by a comment, a waiver, a baseline, an edit elsewhere, for want of support."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as it is printed: the instrument's title, number and the article."""

    source: str
    title: str
    number: str
    clause: str
    verified: str
    in_force: str
    url: str = ""

    @staticmethod
    def of(instrument: Instrument, basis: Basis) -> Clause:
        """A clause a rule rests on. A clause number that nobody has read is not printed."""
        return Clause(
            instrument.id,
            instrument.title,
            instrument.number,
            basis.clause if instrument.verified in ("V1", "V2") else "",
            instrument.verified,
            instrument.in_force.isoformat() if instrument.in_force else "",
            instrument.url,
        )

    def text(self) -> str:
        """The clause in one line of Chinese, as ``依据`` shows it."""
        name = f"《{self.title}》" if not self.title.startswith("《") else self.title
        if self.number:
            name += f"({self.number})"
        return f"{name} {self.clause}".strip()


class Related(NamedTuple):
    """Another place that belongs to a finding."""

    span: Span
    start: Position
    note: str
    end: Position | None = None
    utf8: tuple[int, int] | None = None
    """As in ``Finding``."""


class Tier(StrEnum):
    """Who may apply a fix: ``safe`` anybody (no word changes what it says), ``unsafe`` who reads the result."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(NamedTuple):
    """A change of the source: ``text``, as the format writes it, in place of a span. ``said`` is how it reads."""

    span: Span
    text: str
    said: str
    start: Position | None = None
    end: Position | None = None
    utf8: tuple[int, int] | None = None
    """As in ``Finding``; ``run`` fills in the places."""


def by_place(edit: Edit) -> Span:
    """The order of edits."""
    return edit.span


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to put a finding right. All edits are made or none; their spans do not overlap."""

    tier: Tier
    edits: tuple[Edit, ...]
    description: Mapping[str, str]


class Identity(NamedTuple):
    """What stays the same when lines move: rule, path and a digest of the words with data masked."""

    rule: str
    path: str
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One result for a person. Personal data is already masked in every text field.

    ``span`` is None for a finding about a whole file. ``start`` and ``end`` are the positions of the span.
    ``line_text`` is the source line (or what is sensible of a long one) with personal data masked at equal
    length, and ``line_offset`` the column (from 0) of the finding in it, for reports that show a caret.
    """

    path: str
    rule: str
    family: str
    verdict: Verdict
    level: Level
    span: Span | None
    start: Position
    end: Position
    excerpt: str
    line_text: str
    line_offset: int
    message: Mapping[str, str]
    suggestion: Mapping[str, str]
    basis: tuple[Clause, ...]
    identity: Identity
    status: Status = OPEN
    evasion: bool = False
    """True when the words were found only after inserted or hidden characters were taken out."""
    related: tuple[Related, ...] = ()
    locator: str = ""
    """The place as people of this format name it; see ``Segment.locator``."""
    preview: bool = False
    hint: bool = False
    """True for words too common to mean much alone: the finding counts only beside another one in the document."""
    utf8: tuple[int, int] | None = None
    """Columns of start and end in bytes of UTF-8, from 1, for programs that count so; None where nobody has counted."""
    fixes: tuple[Fix, ...] = ()
    """What a machine may write instead. Only files that are text have any: edits count in their characters."""

    def sort_key(self) -> tuple[str, int, int, str]:
        """Path, place, rule: the order of every report."""
        if self.span is None:
            return (self.path, -1, -1, self.rule)
        return (self.path, self.span.start, self.span.end, self.rule)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be checked or is wrong with our own files.

    ``severity`` decides the exit code: ``usage`` is 2 (the call, settings or a rule), ``unread`` is 3,
    ``note`` changes nothing (an empty file).
    """

    path: str
    message: str
    hint: str = ""
    position: Position | None = None
    severity: str = "unread"
    detail: Mapping[str, str] = field(default_factory=dict)

    def place(self) -> str:
        """``path:line:column`` as far as known."""
        if self.position is None:
            return self.path
        return f"{self.path}:{self.position.line}:{self.position.column}"
