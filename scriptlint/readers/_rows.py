"""Splits a table of text into cells with exact places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scriptlint.model.document import Scope, Unread
from scriptlint.model.lazy import lazy_re
from scriptlint.model.span import Span, TextBuilder
from scriptlint.readers._blocks import Block, Reading
from scriptlint.readers._comments import line_comment
from scriptlint.readers._grid import Cell, described
from scriptlint.readers._prose import Prose, copied, lines_of, trimmed
from scriptlint.readers._raw import MOST_PIECES, SpeakerNames

_BREAK = lazy_re(r"\r\n|\r|\n")
_SEPARATORS = (",", "\t", ";", "，", "|")
_SNIFFED_LINES = 20


def reading(source: str, names: SpeakerNames, *, tabs: bool = False) -> Reading:
    """The cells of a table as blocks, row by row."""
    separator = "\t" if tabs else sniff(source)
    splitter = _Splitter(source, separator)
    blocks: list[Block] = []
    cells: list[Cell] = []
    comments: list[tuple[int, Block]] = []
    for number, row in enumerate(splitter.rows()):
        if splitter.comment is not None:
            comments.append((len(blocks), Block(splitter.comment, Scope.COMMENT)))
            continue
        for column, prose in row:
            cells.append(Cell(number - len(comments), column, prose.text))
            blocks.append(Block(prose, Scope.TABLE_CELL))
    result = described(blocks, cells, names)
    for index, comment in reversed(comments):
        result.insert(index, comment)
    return Reading(result, {}, tuple(splitter.unread))


def sniff(source: str) -> str:
    """The sign between cells: the one that divides the first lines into most cells evenly."""
    lines = [source[span.start : span.end] for span in lines_of(source[:20_000])][:_SNIFFED_LINES]
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines if line.strip() and not line.startswith("#")]
    counts = {sign: [line.count(sign) for line in bare] for sign in _SEPARATORS}
    # Only what every line has can divide it; a comma is the answer where nothing speaks against it.
    even = [sign for sign in _SEPARATORS if counts[sign] and min(counts[sign]) > 0]
    return max(even, key=lambda sign: (min(counts[sign]), -_SEPARATORS.index(sign)), default=",")


class _Splitter:
    """The state of one pass over a table."""

    def __init__(self, source: str, separator: str) -> None:
        self.source = source
        self.separator = separator
        self.unread: list[Unread] = []
        self.comment: Prose | None = None
        self._left = MOST_PIECES
        self._blanks = re.compile(rf"(?:{re.escape(separator)})+")
        self._stop = re.compile(rf"{re.escape(separator)}|\r\n|\r|\n")

    def rows(self) -> Iterator[list[tuple[int, Prose]]]:
        """Rows of cells with their columns; blank lines are none, and blank cells are left out.

        When ``comment`` is set the row is a comment instead.
        """
        position = 0
        while position < len(self.source):
            end = _BREAK.search(self.source, position)
            line = trimmed(self.source, Span(position, end.start() if end else len(self.source)))
            self.comment = line_comment(self.source, line) if len(line) else None
            if self.comment is not None or not len(line):
                position = end.end() if end else len(self.source)
                if self.comment is not None:
                    yield []
                continue
            row, position = self._row(position)
            yield row

    def _row(self, position: int) -> tuple[list[tuple[int, Prose]], int]:
        cells: list[tuple[int, Prose]] = []
        column = 0
        while True:
            # A program may write a separator for each column there could be, so these must cost nothing.
            blanks = self._blanks.match(self.source, position)
            if blanks is not None:
                column += len(blanks[0]) // len(self.separator)
                position = blanks.end()
            cell, position = self._cell(position)
            if cell.text.strip():
                if not self._left:
                    rest = Span(cell.offsets.to_source(Span(0, 0)).start, len(self.source))
                    self.unread.append(Unread(rest, f"from here on: more than the {MOST_PIECES} cells that are read"))
                    return cells, len(self.source)
                self._left -= 1
                cells.append((column, cell))
            column += 1
            if self.source.startswith(self.separator, position):
                position += len(self.separator)
                continue
            end = _BREAK.match(self.source, position)
            return cells, end.end() if end else position

    def _cell(self, start: int) -> tuple[Prose, int]:
        opening = start
        while self.source.startswith(" ", opening):
            opening += 1
        if self.source.startswith('"', opening):
            return self._quoted(opening)
        stop = self._stop.search(self.source, start)
        end = stop.start() if stop else len(self.source)
        return copied(self.source, trimmed(self.source, Span(start, end))), end

    def _quoted(self, opening: int) -> tuple[Prose, int]:
        """A cell in quotes, in which a quote is written twice and a line may end."""
        out = TextBuilder(self.source)
        position = opening + 1
        while True:
            quote = self.source.find('"', position)
            if quote < 0:
                rest = Span(opening, len(self.source))
                self.unread.append(Unread(rest, "this quotation mark is never closed, so the rest is one cell"))
                out.keep(Span(position, len(self.source)))
                return Prose(*out.build()), len(self.source)
            out.keep(Span(position, quote))
            position = quote + 1
            if not self.source.startswith('"', position):
                break
            out.replace(Span(quote, quote + 2), '"')
            position += 1
        # What stands between the closing quote and the next cell belongs to this one.
        stop = self._stop.search(self.source, position)
        end = stop.start() if stop else len(self.source)
        out.keep(Span(position, end))
        return Prose(*out.build()), end
