"""Making edits, and proving that nothing but them has changed."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence

from scriptlint.model.document import Document, Segment
from scriptlint.model.finding import Edit, by_place
from scriptlint.model.record import dataclass
from scriptlint.model.span import Span

_MARKS = (b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True, slots=True)
class Bytes:
    """How a text is kept in its file: the mark at the start and the encoding."""

    mark: bytes
    encoding: str

    def of(self, source: str) -> bytes:
        """The file with this text in it. Raises UnicodeEncodeError for a character the encoding lacks."""
        return self.mark + source.encode(self.encoding)


def byte_form(document: Document, data: bytes) -> Bytes | None:
    """How the text became these bytes; None when it cannot be turned into the very same bytes again."""
    encoding = "utf-8" if document.encoding in ("utf-8-sig", "utf_8_sig") else document.encoding
    for mark in _MARKS:
        if data.startswith(mark):
            form = Bytes(mark, encoding)
            try:
                if form.of(document.source) == data:
                    return form
            except (UnicodeError, LookupError):
                return None
    return None


def apply(source: str, edits: Sequence[Edit]) -> str:
    """The text after all edits, which must not overlap."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=by_place):
        parts.append(source[position : edit.span.start])
        parts.append(edit.text)
        position = max(position, edit.span.end)
    parts.append(source[position:])
    return "".join(parts)


def shifted(edits: Sequence[Edit]) -> Callable[[Span], Span]:
    """A function that says where a span of the old text stands in the new one."""
    ordered = sorted(edits, key=by_place)

    def place(offset: int, *, end: bool) -> int:
        moved = 0
        for edit in ordered:
            if edit.span.end <= offset and not (end and edit.span.start == edit.span.end == offset):
                moved += len(edit.text) - len(edit.span)
            elif edit.span.start < offset:  # inside of what was replaced
                return edit.span.start + moved + min(offset - edit.span.start, len(edit.text))
        return offset + moved

    def carry(span: Span) -> Span:
        start = place(span.start, end=False)
        return Span(start, max(start, place(span.end, end=True)))

    return carry


def unlike(before: Document, after: Document, edits: Sequence[Edit]) -> str:
    """Why the new file says something else than the old one with the edits made; empty when it does not."""
    if after.encoding != before.encoding or after.format != before.format:
        return "the file would be read in another way"
    if len(after.segments) != len(before.segments) or len(after.unread) != len(before.unread):
        return "the text would be divided in another way"
    for old, new in zip(before.segments, after.segments, strict=True):
        if new.text != _edited(old, edits):
            return "the format does not take this text here"
        if (new.scope, new.role, new.record) != (old.scope, old.role, old.record):
            return "the text would be read in another way"
    return ""


def _edited(segment: Segment, edits: Sequence[Edit]) -> str:
    """What a segment says after the edits."""
    whole = segment.to_source(Span(0, len(segment.text)))
    changes: list[tuple[int, int, str]] = []
    for edit in edits:
        if edit.span.start <= whole.end and whole.start <= edit.span.end and (edit.said or len(edit.span)):
            place = _place(segment, edit.span)
            if place is not None:
                changes.append((place.start, place.end, edit.said))
    text = segment.text
    for start, end, said in sorted(changes, reverse=True):
        text = text[:start] + said + text[end:]
    return text


def _place(segment: Segment, span: Span) -> Span | None:
    """Where in the text a span of the source is read; None where it is not."""
    start = end = -1
    for piece in segment.offsets.pieces:
        if len(span):
            if not piece.source.overlaps(span):
                continue
            first, last = piece.text.start, piece.text.end
            if piece.verbatim:
                first += max(span.start - piece.source.start, 0)
                last -= max(piece.source.end - span.end, 0)
            start = first if start < 0 else start
            end = last
        elif piece.source.start < span.start <= piece.source.end:
            behind = piece.verbatim and span.start < piece.source.end
            place = piece.text.start + span.start - piece.source.start if behind else piece.text.end
            return Span(place, place)
    return Span(start, end) if start >= 0 else None
