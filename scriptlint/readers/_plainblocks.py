"""Divides plain text into blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scriptlint.model.document import Scope
from scriptlint.model.span import Span
from scriptlint.readers._blocks import Block, Headings, Reading
from scriptlint.readers._comments import front_matter, line_comment
from scriptlint.readers._lines import bullet, hard_wrapped, heading, joined, may_be_title, starts_unit
from scriptlint.readers._prose import copied, lines_of, trimmed


def reading(source: str) -> Reading:
    """The blocks of a plain text and what its front matter states."""
    front = front_matter(source)
    lines = [trimmed(source, line) for line in lines_of(source, front.end)]
    return Reading(list(_blocks(source, lines)), front.facts, front.unread)


def prose_lines(source: str, lines: Sequence[Span], section: tuple[str, ...]) -> Iterator[Block]:
    """Lines that are prose for certain (text in a fence): no headings or titles are looked for."""
    for paragraph in _paragraphs(trimmed(source, line) for line in lines):
        yield from _paragraph(source, paragraph, section)


def _blocks(source: str, lines: Sequence[Span]) -> Iterator[Block]:
    headings = Headings()
    title = _title(source, lines)
    for paragraph in _paragraphs(lines):
        rest: list[Span] = []
        for line in paragraph:
            text = source[line.start : line.end]
            comment = line_comment(source, line)
            found = heading(text) if comment is None else None
            if comment is None and found is None and line != title:
                rest.append(line)
                continue
            yield from _paragraph(source, rest, headings.section)
            rest = []
            if comment is not None:
                yield Block(comment, Scope.COMMENT, headings.section)
                continue
            words = Span(line.start + found.start, line.start + found.end) if found else line
            style, level = (found.style, found.level) if found else ("title", 1)
            above = headings.enter(style, level, source[words.start : words.end])
            yield Block(copied(source, words), Scope.HEADING, above)
        yield from _paragraph(source, rest, headings.section)


def _paragraphs(lines: Iterable[Span]) -> Iterator[list[Span]]:
    """Runs of lines that are not blank."""
    block: list[Span] = []
    for line in lines:
        if len(line):
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _paragraph(source: str, lines: Sequence[Span], section: tuple[str, ...]) -> Iterator[Block]:
    """The lines of one block, wrapped ones joined."""
    follows = False
    for unit in _units(source, lines):
        first = unit[0]
        marker = bullet(source[first.start : first.end])
        scope = Scope.LIST_ITEM if marker else Scope.PARAGRAPH
        unit = [Span(first.start + marker, first.end), *unit[1:]]
        if hard_wrapped([source[line.start : line.end] for line in unit]):
            yield Block(joined(source, unit), scope, section, follows=follows)
        else:
            yield Block(copied(source, unit[0]), scope, section, follows=follows)
            for line in unit[1:]:
                yield Block(copied(source, line), Scope.PARAGRAPH, section, follows=True)
        follows = True


def _units(source: str, lines: Sequence[Span]) -> Iterator[list[Span]]:
    """Lines that may belong together: a new one begins where a line looks like something of its own."""
    unit: list[Span] = []
    for line in lines:
        if unit and starts_unit(source[line.start : line.end]):
            yield unit
            unit = []
        unit.append(line)
    if unit:
        yield unit


def _title(source: str, lines: Sequence[Span]) -> Span | None:
    """The first line, when it looks like a title and enough text follows it."""
    index = next((index for index, line in enumerate(lines) if len(line)), None)
    if index is None:
        return None
    line = lines[index]
    after = [len(other) > 0 for other in lines[index + 1 :]]
    if sum(after) < (1 if after and not after[0] else 2) or bullet(source[line.start : line.end]):
        return None
    return line if may_be_title(source[line.start : line.end]) else None
