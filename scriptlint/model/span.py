"""Places in a text, and the maps that carry a place in derived text back to its source.

All offsets count Unicode code points and all ranges are half-open (``start <= i < end``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from scriptlint.model.record import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in some text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True when ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The same range ``by`` code points further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of derived text and the run of source it was made from.

    A verbatim piece is a copy, so that a place inside it maps exactly. Any other piece (an entity,
    an escape, a joined line break) has no inside: half of it maps to the whole.
    """

    text: Span
    source: Span
    verbatim: bool


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Maps places in derived text to places in its source. Pieces are ordered and touch each other."""

    pieces: tuple[Piece, ...]

    @staticmethod
    def identity(length: int, start: int = 0) -> OffsetMap:
        """The map of a text copied whole from ``start`` in the source."""
        if length == 0:
            return OffsetMap((Piece(Span(0, 0), Span(start, start), True),))
        return OffsetMap((Piece(Span(0, length), Span(start, start + length), True),))

    def to_source(self, span: Span) -> Span:
        """Give the place in the source that this run of derived text came from.

        An empty span maps to an empty span, at the start of what follows it.
        """
        pieces = self.pieces
        if len(pieces) == 1 and pieces[0].verbatim:
            return span.shifted(pieces[0].source.start - pieces[0].text.start)
        first = self._piece_at(span.start)
        start = first.source.start
        if first.verbatim:
            start += min(span.start, first.text.end) - first.text.start
        if span.start == span.end:
            return Span(start, start)
        last = self._piece_at(span.end - 1)
        end = last.source.end
        if last.verbatim:
            end = last.source.start + (span.end - last.text.start)
        return Span(start, max(start, end))

    def from_source(self, span: Span) -> Span | None:
        """The run of derived text that came from this place in the source; None when nothing did.

        Derived text that only touches the place does not count, and of a piece that is not verbatim all does.
        """
        start = end = -1
        for piece in self.pieces:
            if piece.source.start >= span.end:
                break
            if not piece.source.overlaps(span):
                continue
            first, last = piece.text.start, piece.text.end
            if piece.verbatim:
                first += max(span.start - piece.source.start, 0)
                last -= max(piece.source.end - span.end, 0)
            start = first if start < 0 else start
            end = last
        return Span(start, end) if 0 <= start < end else None

    def _piece_at(self, offset: int) -> Piece:
        index = bisect_right(self.pieces, offset, key=lambda piece: piece.text.start) - 1
        return self.pieces[max(index, 0)]


class TextBuilder:
    """Grows a derived text together with its map, so that the two cannot disagree."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0

    def keep(self, span: Span) -> None:
        """Copy a run of the source."""
        if span.start == span.end:
            return
        last = self._pieces[-1] if self._pieces else None
        text = Span(self._length, self._length + len(span))
        if last and last.verbatim and last.source.end == span.start:
            self._pieces[-1] = Piece(Span(last.text.start, text.end), Span(last.source.start, span.end), True)
        else:
            self._pieces.append(Piece(text, span, True))
        self._parts.append(self._source[span.start : span.end])
        self._length = text.end

    def replace(self, span: Span, text: str) -> None:
        """Write ``text`` for a run of the source; an empty ``text`` drops the run."""
        if not text:
            return
        self._pieces.append(Piece(Span(self._length, self._length + len(text)), span, False))
        self._parts.append(text)
        self._length += len(text)

    @property
    def length(self) -> int:
        """Code points written so far."""
        return self._length

    def build(self) -> tuple[str, OffsetMap]:
        """Give the text and its map."""
        if not self._pieces:
            return "", OffsetMap.identity(0)
        return "".join(self._parts), OffsetMap(tuple(self._pieces))


@dataclass(frozen=True, slots=True)
class Position:
    """A place as people count it: line and column, both from 1, columns in code points."""

    line: int
    column: int


class LineIndex:
    """Turns offsets into lines and columns. A line ends at LF, CR LF or a lone CR."""

    __slots__ = ("_length", "_starts")

    def __init__(self, text: str) -> None:
        starts = [0]
        if "\r" in text:
            position = 0
            while position < len(text):
                char = text[position]
                position += 1
                if char == "\r" and position < len(text) and text[position] == "\n":
                    position += 1
                if char in "\r\n":
                    starts.append(position)
        else:
            position = text.find("\n")
            while position >= 0:
                starts.append(position + 1)
                position = text.find("\n", position + 1)
        self._starts = starts
        self._length = len(text)

    def position(self, offset: int) -> Position:
        """The line and column of an offset; offsets past the end count as the end."""
        offset = min(offset, self._length)
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def line_start(self, line: int) -> int:
        """The offset at which a line (from 1) begins."""
        return self._starts[line - 1]

    @property
    def lines(self) -> int:
        """How many lines there are; an empty text has one."""
        return len(self._starts)


def utf8_columns(text: str, lines: LineIndex, offsets: Iterable[int]) -> dict[int, int]:
    """For each offset its column in bytes of UTF-8, from 1. The text is read once, however many there are."""
    columns: dict[int, int] = {}
    last, line, column = 0, 0, 1
    for offset in sorted(set(offsets)):
        number = lines.position(offset).line
        if number != line:
            last, line, column = lines.line_start(number), number, 1
        column += len(text[last:offset].encode("utf-8", "surrogatepass"))
        columns[offset] = column
        last = offset
    return columns


def merge_spans(spans: Iterable[Span]) -> Sequence[Span]:
    """Join spans that overlap or touch; the result is sorted."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
