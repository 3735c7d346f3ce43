"""Files inside a file: each is read by its own reader, and its text follows that of the file it lies in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scriptlint.model.document import Document, ReadError, Segment, Unread
from scriptlint.model.record import dataclass, replace
from scriptlint.model.span import LineIndex, OffsetMap, Piece, Span
from scriptlint.readers._raw import ReadOptions

MOST_FILES = 100
DEEPEST = 3
"""A file in a mail in a mail is read; what lies deeper is told."""
LARGEST = 100_000_000
"""Bytes of all files inside one."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a file. ``reader`` names how to read it where its own name does not say."""

    name: str
    data: bytes
    reader: str | None = None


def with_attachments(document: Document, attachments: Sequence[Attachment], options: ReadOptions) -> Document:
    """The document with the files inside it added, each place beginning with ``attachment <name>``.

    A file no reader knows, or that cannot be read, is unread; the rest is not affected.
    """
    parts = [document.source]
    segments = list(document.segments)
    unread = list(document.unread)
    notes = list(document.notes)
    length = len(document.source)
    records = max((segment.record or 0 for segment in segments), default=0) + 1
    taken = 0
    for index, attachment in enumerate(attachments):
        where = f"attachment {shown_name(attachment.name)}"
        if index == MOST_FILES:
            unread.append(Unread(None, f"{len(attachments) - index} more attachments", where))
            break
        taken += len(attachment.data)
        if options.depth >= DEEPEST or taken > LARGEST:
            why = "files inside files inside files" if options.depth >= DEEPEST else "more attachments than are opened"
            unread.append(Unread(None, why, where))
            continue
        try:
            inner = _read(attachment, options)
        except ReadError as error:
            unread.append(Unread(None, error.message, where))
            continue
        if length and not parts[-1].endswith("\n"):
            parts.append("\n")
            length += 1
        parts.append(inner.source)
        segments += _moved(inner, where, length, records)
        unread += [_moved_unread(part, where, length) for part in inner.unread]
        notes += [f"{where}: {note}" for note in inner.notes]
        records += max((segment.record or 0 for segment in inner.segments), default=0) + 1
        length += len(inner.source)
    return replace(document, source="".join(parts), segments=tuple(segments), unread=tuple(unread), notes=tuple(notes))


def shown_name(name: str) -> str:
    """A file's name as places give it: without folders and control characters, not longer than a line."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in base if char.isprintable())[-80:].strip() or "without a name"


def _read(attachment: Attachment, options: ReadOptions) -> Document:
    from scriptlint import readers  # the front door knows all formats

    inside = replace(options, format=attachment.reader, encoding=None, depth=options.depth + 1)
    return readers.read(shown_name(attachment.name), attachment.data, inside)


def _moved(inner: Document, where: str, by: int, records: int) -> Iterator[Segment]:
    lines: LineIndex | None = None
    for segment in inner.segments:
        place = segment.locator
        if not place:
            lines = lines or inner.line_index()
            place = f"line {lines.position(segment.to_source(Span(0, len(segment.text))).start).line}"
        pieces = tuple(Piece(piece.text, piece.source.shifted(by), piece.verbatim) for piece in segment.offsets.pieces)
        record = segment.record if segment.record is None else segment.record + records
        yield replace(segment, offsets=OffsetMap(pieces), locator=f"{where} / {place}", record=record)


def _moved_unread(part: Unread, where: str, by: int) -> Unread:
    return Unread(
        part.span.shifted(by) if part.span else None,
        part.reason,
        f"{where} / {part.locator}" if part.locator else where,
    )
