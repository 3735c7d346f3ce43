"""Divides Markdown into blocks.

Indentation is not counted: text that Markdown would take for code because of four blanks is prose in the
files people write, and leaving it out would leave it unchecked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scriptlint.model.document import Scope, Unread
from scriptlint.model.lazy import lazy_re
from scriptlint.model.span import LineIndex, Span
from scriptlint.readers._blocks import Block, Headings, Reading
from scriptlint.readers._comments import front_matter
from scriptlint.readers._grid import Cell, described, split_row
from scriptlint.readers._htmlblocks import carried, moved, parsed
from scriptlint.readers._lines import (
    bullet,
    ends_sentence,
    hard_wrapped,
    joined,
    may_be_title,
    starts_unit,
    width,
)
from scriptlint.readers._mdhtml import Html, part
from scriptlint.readers._mdinline import Inline, inline
from scriptlint.readers._plainblocks import prose_lines
from scriptlint.readers._prose import Prose, copied, glue, lines_of, trimmed, words
from scriptlint.readers._raw import SpeakerNames

_FENCE = lazy_re(r"(`{3,}(?=[^`]*$)|~{3,})[ \t]*([^\s`{]*)")
_ATX = lazy_re(r"(#{1,6})(?:[ \t\u3000]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_SETEXT = lazy_re(r"(=+|-{2,})$")
_RULE = lazy_re(r"([-*_])(?:[ \t]*\1){2,}$")
_BOLD = lazy_re(r"(?:\*\*|__)([^*_]{1,16})(?:\*\*|__)$")
_QUOTE = lazy_re(r">[ \t]?")
_ITEM = lazy_re(r"(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t\u3000]+|$)(?:\[[ xX]\][ \t]+)?")
_DELIMITERS = lazy_re(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
_DEFINITION = lazy_re(r"\[([^\]^][^\]]*)\]:[ \t]*(\S+)(.*)$")
_FOOTNOTE = lazy_re(r"\[\^[^\]\s]+\]:[ \t]*")
_PROSE_FENCES = words(
    "text txt plain plaintext markdown md none chat dialog dialogue script transcript quote email sms "
    "json jsonl yaml yml csv tsv html xml"
)


def reading(source: str, names: SpeakerNames) -> Reading:
    """The blocks of a Markdown text, what its front matter states, and what was left out."""
    front = front_matter(source)
    parser = _Parser(source, names)
    lines = [trimmed(source, line) for line in lines_of(source, front.end)]
    parser.parse(lines)
    unread = (*front.unread, *parser.unread, *parser.html.media.unread())
    return Reading(parser.blocks, front.facts, unread, (*parser.notes, *parser.html.media.notes()))


class _Parser:
    """The state of one pass over the lines of a file."""

    def __init__(self, source: str, names: SpeakerNames) -> None:
        self.source = source
        self.names = names
        self.blocks: list[Block] = []
        self.unread: list[Unread] = []
        self.notes: list[str] = []
        self.headings = Headings()
        self.html = Html()
        self._lower = source.lower() if len(source.lower()) == len(source) else source
        self.records = 0
        self.references = {
            match[1].strip().casefold()
            for line in lines_of(source)
            if (match := _DEFINITION.match(self._text(trimmed(source, line))))
        }

    def parse(self, lines: Sequence[Span]) -> None:
        """Read stripped lines in order."""
        paragraph: list[Span] = []
        index = 0
        while index < len(lines):
            line = lines[index]
            text = self._text(line)
            taken = self._block(lines, index, paragraph) if text else 0
            if not text:
                self._flush(paragraph)
                index += 1
            elif taken:
                index += taken
            else:
                self._line(line, paragraph, last=index + 1 == len(lines))
                index += 1
        self._flush(paragraph)

    def _line(self, line: Span, paragraph: list[Span], *, last: bool) -> None:
        """A line of running text: it continues the paragraph or list item, or begins something of its own."""
        text = self._text(line)
        if paragraph and _ITEM.match(self._text(paragraph[0])) and starts_unit(text):
            self._flush(paragraph)
        bold = _BOLD.match(text)
        if not paragraph and bold and not last and may_be_title(bold[1]):
            self._heading("bold", 1, Span(*bold.span(1)).shifted(line.start))
        else:
            paragraph.append(line)

    def _text(self, span: Span) -> str:
        return self.source[span.start : span.end]

    def _block(self, lines: Sequence[Span], index: int, paragraph: list[Span]) -> int:
        """Read the block that begins at a line, if one does. Gives the number of lines it took."""
        text = self._text(lines[index])
        mark = text[0]
        if mark in "=-" and len(paragraph) == 1 and _SETEXT.match(text):
            self._heading("#", 1 if mark == "=" else 2, paragraph.pop())
            return 1
        if mark in "`~" and (match := _FENCE.match(text)):
            self._flush(paragraph)
            return self._fence(lines, index, match[1], match[2])
        if mark == "#" and (match := _ATX.match(text)):
            self._flush(paragraph)
            if match[2]:
                self._heading("#", len(match[1]), Span(*match.span(2)).shifted(lines[index].start))
            return 1
        if mark in "-*_" and _RULE.match(text):
            self._flush(paragraph)
            return 1
        if mark == ">":
            self._flush(paragraph)
            return self._quote(lines, index)
        if mark == "<" and (taken := self._html(lines, index, paragraph)):
            return taken
        if mark == "[" and (taken := self._definition(lines[index], paragraph)):
            return taken
        if "|" in text and index + 1 < len(lines) and (taken := self._table(lines, index, paragraph)):
            return taken
        if _ITEM.match(text) or (bullet(text) and not text.startswith(("*", "+", "-"))):
            self._flush(paragraph)
            paragraph.append(lines[index])
            return 1
        return 0

    # -- leaf blocks --------------------------------------------------------------------------------------

    def _heading(self, style: str, level: int, words: Span) -> None:
        read = inline(copied(self.source, trimmed(self.source, words)), self.references, self.html)
        above = self.headings.enter(style, level, read.prose.text)
        self._comments(read.comments)
        self.blocks.append(Block(read.prose, Scope.HEADING, above, prominence=read.look))
        self._beside(read, Scope.HEADING)

    def _flush(self, paragraph: list[Span]) -> None:
        """Turn the lines gathered so far into a paragraph or list item."""
        if not paragraph:
            return
        first = paragraph[0]
        text = self._text(first)
        scope = Scope.PARAGRAPH
        if note := _FOOTNOTE.match(text):
            scope, skip = Scope.NOTE, note.end()
        else:
            item = _ITEM.match(text)
            skip = item.end() if item else bullet(text)
            if skip:
                scope = Scope.LIST_ITEM
        lines = [trimmed(self.source, Span(first.start + skip, first.end)), *paragraph[1:]]
        paragraph.clear()
        read = inline(joined(self.source, lines, self._breaks(lines)), self.references, self.html)
        self.blocks.append(Block(read.prose, scope, self.headings.section, prominence=read.look))
        self._beside(read, scope)
        self._comments(read.comments)

    def _beside(self, read: Inline, scope: Scope) -> None:
        """What a run of text holds beside the words that are read on: hidden words, and words in its tags."""
        section = self.headings.section
        self.blocks += [Block(prose, scope, section, prominence=look) for prose, look in read.beside]
        self.blocks += [
            Block(value.prose, Scope.VALUE, section, label=value.label, prominence=value.look) for value in read.values
        ]

    def _breaks(self, lines: Sequence[Span]) -> list[str]:
        """What each line end of a paragraph stands for: a wrap, or a new line of its own."""
        texts = [self._text(line) for line in lines]
        full = [width(text) for text in texts[:-1]]
        # Few people wrap Markdown by hand; three lines and more of unlike length are lines meant as such.
        verse = len(lines) > 2 and not hard_wrapped(texts) and max(full) - min(full) > 12
        breaks: list[str] = []
        for line, text, following in zip(lines, texts, texts[1:], strict=False):
            gap = self.source[line.end : line.end + 2]
            hard = gap == "  " or text.endswith("\\")
            own = starts_unit(following) or ends_sentence(text)
            breaks.append("\n" if hard or own or verse else _soft(text, following))
        return breaks

    def _comments(self, comments: Sequence[Prose]) -> None:
        section = self.headings.section
        self.blocks.extend(Block(comment, Scope.COMMENT, section) for comment in comments)

    def _definition(self, line: Span, paragraph: list[Span]) -> int:
        match = _DEFINITION.match(self._text(line))
        if match is None:
            return 0
        self._flush(paragraph)
        words = match[3].strip()
        if match[1].strip() == "//" and len(words) > 2:  # [//]: # (words nobody sees)
            start = line.start + match.start(3) + match[3].index(words)
            self._comments([copied(self.source, Span(start + 1, start + len(words) - 1))])
        return 1

    # -- blocks of several lines --------------------------------------------------------------------------

    def _fence(self, lines: Sequence[Span], index: int, fence: str, language: str) -> int:
        closing = re.compile(rf"{re.escape(fence[0])}{{{len(fence)},}}$")
        inside: list[Span] = []
        last = index
        for last in range(index + 1, len(lines)):
            if closing.match(self._text(lines[last])):
                break
            inside.append(lines[last])
        word = language.strip("{}.").lower()
        if word in _PROSE_FENCES or not word.isascii() or not word:
            self.blocks.extend(prose_lines(self.source, inside, self.headings.section))
        elif inside:
            number = LineIndex(self.source).position(lines[index].start).line
            self.notes.append(f"line {number}: a block of {word} code was not read")
        return last - index + 1

    def _quote(self, lines: Sequence[Span], index: int) -> int:
        inside: list[Span] = []
        for line in lines[index:]:
            match = _QUOTE.match(self._text(line))
            if match is None:
                break
            inside.append(trimmed(self.source, Span(line.start + match.end(), line.end)))
        # Every level is stripped at once, for depth is of no interest and must not cost stack.
        self.parse([self._unquoted(line) for line in inside])
        return len(inside)

    def _unquoted(self, line: Span) -> Span:
        while match := _QUOTE.match(self._text(line)):
            line = trimmed(self.source, Span(line.start + match.end(), line.end))
        return line

    def _html(self, lines: Sequence[Span], index: int, paragraph: list[Span]) -> int:
        """What begins at a line and is HTML throughout: a comment, a script, a table; its text is no Markdown."""
        line = lines[index]
        if self._text(line).startswith("<!--"):
            self._flush(paragraph)
            close = self.source.find("-->", line.start + 4)
            stop = close if close >= 0 else len(self.source)
            end = stop + 3 if close >= 0 else stop
            self._comments([copied(self.source, trimmed(self.source, Span(min(line.start + 4, stop), stop)))])
            if close < 0:
                reason = "this comment is never closed, so the rest is not read"
                self.unread.append(Unread(Span(line.start, stop), reason))
        else:
            end = part(self.source, self._lower, line.start)
            if end == line.start:
                return 0
            self._flush(paragraph)
            self._part(copied(self.source, Span(line.start, end)))
        after = index
        while after < len(lines) and lines[after].start < end:
            after += 1
        rest = Span(end, max(lines[after - 1].end, end))
        if self._text(rest).strip():
            paragraph.append(trimmed(self.source, rest))
        return after - index

    def _part(self, prose: Prose) -> None:
        """Read a part of the text that is HTML throughout."""
        page = parsed(prose.text, self.names, sheet=self.html.sheet, outer=self.html.look)
        self.blocks += carried(page, prose, self.headings.section, self.records)
        self.records += page.tables.records
        self.html.media.take(page.media)
        self.unread += [moved(told, prose) for told in (*page.unread, *page.media.unread())]

    def _table(self, lines: Sequence[Span], index: int, paragraph: list[Span]) -> int:
        below = self._text(lines[index + 1])
        header = split_row(self.source, lines[index])
        if (
            "-" not in below
            or not _DELIMITERS.match(below)
            or len(split_row(self.source, lines[index + 1])) != len(header)
        ):
            return 0
        self._flush(paragraph)
        rows = [header]
        last = index + 2
        while last < len(lines) and "|" in self._text(lines[last]):
            rows.append(split_row(self.source, lines[last]))
            last += 1
        cells: list[Cell] = []
        found: list[Inline] = []
        for number, row in enumerate(rows):
            for column, span in enumerate(row):
                read = inline(copied(self.source, span), self.references, self.html)
                cells.append(Cell(number, column, read.prose.text, header=number == 0))
                found.append(read)
        section = self.headings.section
        blocks = [Block(read.prose, Scope.TABLE_CELL, section, prominence=read.look) for read in found]
        self.blocks.extend(described(blocks, cells, self.names, self.records))
        for read in found:
            self._beside(read, Scope.TABLE_CELL)
            self._comments(read.comments)
        self.records += len(rows)
        return last - index


def _soft(before: str, after: str) -> str:
    """What a wrap stands for; marks of emphasis at the line ends do not count."""
    return glue(before.rstrip("*_~`"), after.lstrip("*_~`"))
