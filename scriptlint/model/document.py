"""What a reader makes of a file: source text, and segments of clean prose that know where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from scriptlint.model.record import dataclass, field
from scriptlint.model.span import LineIndex, OffsetMap, Position, Span


class Scope(StrEnum):
    """Where prose stands in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_CELL = "table-cell"
    TURN = "turn"
    VALUE = "value"
    COMMENT = "comment"
    HEADER = "header"
    FOOTER = "footer"
    NOTE = "note"


class Role(StrEnum):
    """Who says it. ``third`` is anybody who is neither the institution nor its customer (a fraudster, a system)."""

    INSTITUTION = "institution"
    CUSTOMER = "customer"
    THIRD = "third"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Prominence:
    """How visible a run is, where the format knows it."""

    size_pt: float | None = None
    hidden: bool = False
    colour: str | None = None
    background: str | None = None
    """The colour behind it where that is not the white of a page; empty where nobody can know (a picture)."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One run of prose that a person would hear or read as a whole.

    ``text`` is clean: no tags, entities or escapes. ``offsets`` carries places in it back to the source.
    """

    text: str
    offsets: OffsetMap
    scope: Scope
    role: Role = Role.UNKNOWN
    section: tuple[str, ...] = ()
    """The headings above, outermost first."""
    label: str = ""
    """The header of a table column, or the key path of a YAML or JSON value (``replies.2.text``)."""
    record: int | None = None
    """Number of the table row, JSON line or list entry this belongs to; cells of one row share it."""
    prominence: Prominence | None = None
    locator: str = ""
    """The place as people of this format name it (``¶12``, ``话术!B2``, ``p3``, ``00:01:05``); empty where line and
    column are what they use."""

    def to_source(self, span: Span) -> Span:
        """Carry a span of ``text`` to the source of the document."""
        return self.offsets.to_source(span)


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a file that was not read, and why. It counts as unchecked."""

    span: Span | None
    reason: str
    locator: str = ""
    """Where it is, as people of this format name places; see ``Segment.locator``."""

    def __str__(self) -> str:
        return f"{self.locator}: {self.reason}" if self.locator else self.reason


@dataclass(frozen=True, slots=True)
class Document:
    """One file as scriptlint sees it.

    ``source`` is the decoded file, line ends untouched. Of a format that is not text (Word, PDF, mail) it is the
    text read from it, one paragraph a line, and lines and columns count in that.
    """

    path: str
    format: str
    source: str
    segments: tuple[Segment, ...]
    encoding: str = "utf-8"
    front_matter: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Context a file states about itself (``kind``, ``product`` ...), values as written."""
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()
    """What a person should know about how the file was read (a doubtful encoding, program code left out)."""

    def line_index(self) -> LineIndex:
        """An index of this document's lines; build it once per use, it is not kept."""
        return LineIndex(self.source)

    def position(self, offset: int) -> Position:
        """Line and column of an offset in ``source``."""
        return self.line_index().position(offset)


class ReadError(Exception):
    """A file could not be read. ``hint`` says what to do about it."""

    def __init__(self, message: str, *, span: Span | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.hint = hint
