"""Prose with its map to the source, and the ways of cutting and rewriting it that keep the two in step."""

from __future__ import annotations

from bisect import bisect_right
from unicodedata import east_asian_width

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.model.span import OffsetMap, Piece, Span

_LINE = lazy_re(r"\r\n|\r|\n")
_SPACES = lazy_re("[ \t\r\n\f]+")
_ENTITY = lazy_re(r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class Prose:
    """Clean text and where it came from."""

    text: str
    offsets: OffsetMap

    def cut(self, start: int, end: int) -> Prose:
        """A part of it."""
        if start == 0 and end == len(self.text):
            return self
        out = Rewriter(self)
        out.keep(start, end)
        return out.build()

    def stripped(self) -> Prose:
        """Without the blanks around it."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))

    def source(self) -> Span:
        """The whole range of source it came from."""
        return self.offsets.to_source(Span(0, len(self.text)))


def words(text: str) -> frozenset[str]:
    """A list of words, written with blanks between them."""
    return frozenset(text.split())


def copied(source: str, span: Span) -> Prose:
    """A run of the source as it stands."""
    return Prose(source[span.start : span.end], OffsetMap.identity(len(span), span.start))


class Rewriter:
    """Makes new prose out of old, in order. What is neither kept nor replaced is dropped."""

    def __init__(self, prose: Prose) -> None:
        self._old = prose
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0

    def keep(self, start: int, end: int) -> None:
        """Copy a run with its map."""
        if start >= end:
            return
        pieces = self._old.offsets.pieces
        index = max(bisect_right(pieces, start, key=lambda piece: piece.text.start) - 1, 0)
        while index < len(pieces) and pieces[index].text.start < end:
            piece = pieces[index]
            a, b = max(piece.text.start, start), min(piece.text.end, end)
            if a < b:
                source = piece.source
                if piece.verbatim:
                    source = Span(source.start + a - piece.text.start, source.start + b - piece.text.start)
                self._add(b - a, source, piece.verbatim)
            index += 1
        self._parts.append(self._old.text[start:end])

    def replace(self, start: int, end: int, text: str) -> None:
        """Write ``text`` for a run; it maps to the source of the run as a whole."""
        if text:
            self._add(len(text), self._old.offsets.to_source(Span(start, end)), False)
            self._parts.append(text)

    def _add(self, length: int, source: Span, verbatim: bool) -> None:
        last = self._pieces[-1] if self._pieces else None
        text = Span(self._length, self._length + length)
        if verbatim and last and last.verbatim and last.source.end == source.start:
            self._pieces[-1] = Piece(Span(last.text.start, text.end), Span(last.source.start, source.end), True)
        else:
            self._pieces.append(Piece(text, source, verbatim))
        self._length = text.end

    def build(self) -> Prose:
        """The new prose."""
        if not self._pieces:
            return Prose("", OffsetMap.identity(0, self._old.offsets.to_source(Span(0, 0)).start))
        return Prose("".join(self._parts), OffsetMap(tuple(self._pieces)))


def edited(prose: Prose, edits: list[tuple[int, int, str]]) -> Prose:
    """The prose with runs replaced, in any order; an edit that overlaps an earlier one is left out."""
    if not edits:
        return prose
    out = Rewriter(prose)
    position = 0
    for start, end, text in sorted(edits):
        if start < position:
            continue
        out.keep(position, start)
        out.replace(start, end, text)
        position = end
    out.keep(position, len(prose.text))
    return out.build()


def together(first: Prose, second: Prose, between: str = "") -> Prose:
    """Two runs as one, the second from further on in the source; ``between`` stands for what parts them there."""
    length = len(first.text)
    pieces = list(first.offsets.pieces) if first.text else []
    if between:
        start, end = first.source().end, second.source().start
        pieces.append(Piece(Span(length, length + len(between)), Span(min(start, end), max(start, end)), False))
        length += len(between)
    pieces += [Piece(piece.text.shifted(length), piece.source, piece.verbatim) for piece in second.offsets.pieces]
    return Prose(first.text + between + second.text, OffsetMap(tuple(pieces)))


def remapped(inner: Prose, outer: Prose) -> Prose:
    """Prose made from the text of ``outer``, with its map carried on to what ``outer`` was made from."""
    out = Rewriter(outer)
    for piece in inner.offsets.pieces:
        start, end = piece.source.start, piece.source.end
        if piece.verbatim:
            out.keep(start, end)
        else:
            out.replace(start, end, inner.text[piece.text.start : piece.text.end])
    return out.build()


def lines_of(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The lines of a text without their ends (LF, CR LF or a lone CR)."""
    stop = len(text) if end is None else end
    if "\n" not in text and "\r" not in text:
        return [Span(start, stop)]
    spans: list[Span] = []
    position = start
    for match in _LINE.finditer(text, start, stop):
        spans.append(Span(position, match.start()))
        position = match.end()
    spans.append(Span(position, stop))
    return spans


def trimmed(text: str, span: Span) -> Span:
    """The span without the blanks at its ends."""
    inside = text[span.start : span.end]
    start = span.start + len(inside) - len(inside.lstrip())
    return Span(start, max(start, span.start + len(inside.rstrip())))


def entities(text: str) -> list[tuple[int, int, str]]:
    """The character references of HTML in a text, as edits."""
    if "&" not in text:
        return []
    from html import unescape  # a table of two thousand names

    found = []
    for match in _ENTITY.finditer(text):
        plain = unescape(match[0])
        if plain != match[0] and plain:
            found.append((match.start(), match.end(), plain))
    return found


def unescaped(prose: Prose) -> Prose:
    """The prose with character references read."""
    return edited(prose, entities(prose.text))


def collapsed(prose: Prose) -> Prose:
    """Runs of blanks as a browser shows them: one space, and nothing where a line was wrapped between Han.

    A line break that was made (``<br>``), and so is no copy of the source, stays.
    """
    text = prose.text
    made = {piece.text.start for piece in prose.offsets.pieces if not piece.verbatim}
    out = Rewriter(prose)
    position = 0
    for match in _SPACES.finditer(text):
        start, end = match.span()
        breaks = [place for place in range(start, end) if text[place] == "\n" and place in made]
        if match[0] == " ":
            continue
        out.keep(position, start)
        position = end
        if breaks:
            out.keep(breaks[0], breaks[0] + 1)
        else:
            wrapped = "\n" in match[0] or "\r" in match[0]
            out.replace(start, end, glue(text[max(start - 1, 0) : start], text[end : end + 1]) if wrapped else " ")
    out.keep(position, len(text))
    return out.build()


def glue(before: str, after: str) -> str:
    """What joins two halves of a wrapped line: a space between two words in Latin letters, else nothing."""
    if not before or not after:
        return ""
    if east_asian_width(before[-1]) in "WF" or east_asian_width(after[0]) in "WF":
        return ""
    return " "
