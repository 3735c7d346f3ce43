"""Joins the lines of a PDF page to paragraphs, by spacing, indents and punctuation."""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from scriptlint.model.document import Prominence
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, field
from scriptlint.readers._lines import bullet, ends_sentence, starts_unit
from scriptlint.readers._pdfdrawn import Drawn, Run
from scriptlint.readers._pdflines import Line, lines_of_runs
from scriptlint.readers._prose import glue

_LEADING = (0.4, 2.1)
"""Distance of the lines of one paragraph, in sizes."""
_LOOSE = 1.3
"""How much wider than the narrowest distance of a column one must be to part two paragraphs."""
_INDENT = 0.9
_SAME_SIZE = 0.13
_JUSTIFIED = 3
"""Lines up to the right margin from which a page has one."""
_SHORT = 0.7
"""The share of a line's room up to which it may have been ended before the margin."""
_OPENING = lazy_re(r"[(（《“‘「『【]*(?:[!-~]+|.)[,.!?:;，。！？：；、）》”’」』】)]*", re.DOTALL)
_NEAR = 60


@dataclass(slots=True)
class Paragraph:
    """Lines that are one text. ``mark`` is the number the file's structure knows it by."""

    lines: list[Line]
    full: bool = False
    """True when the last line goes up to the margin, so that the text may go on elsewhere."""
    follows: bool = False
    """True when it stands right below the paragraph before it."""
    artifact: str = ""
    text: str = field(default="")

    def __post_init__(self) -> None:
        parts = [self.lines[0].text]
        for before, line in zip(self.lines, self.lines[1:], strict=False):
            parts += [joint(before.text, line.text), line.text]
        self.text = "".join(parts)

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def size(self) -> float:
        """The size of most of its characters."""
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @property
    def look(self) -> Prominence:
        """How visible it is: size, colour of most characters, and whether it is hidden."""
        colours: Counter[str | None] = Counter()
        for line in self.lines:
            for run in line.runs:
                colours[run.colour] += len(run.text.strip())
        colour = max(colours, key=lambda name: (colours[name], name or ""))
        return Prominence(self.size, self.first.runs[0].hidden, colour)


def joint(before: str, after: str) -> str:
    """What stands between two lines of one text; a soft hyphen at the end of a line is taken as part of it."""
    return "" if before.endswith("\u00ad") else glue(before, after)


def paragraphs(runs: Iterable[Run], drawn: Drawn) -> list[Paragraph]:
    """The paragraphs that runs of one direction of writing make, in the order they were drawn."""
    lines = lines_of_runs(list(runs), drawn)
    _stack(lines, drawn)
    page = _Margins(lines)
    found: list[tuple[int, Paragraph]] = []
    for line in lines:
        if line.above is None:
            found += [(paragraph.first.order, paragraph) for paragraph in _column(line, page)]
    return [paragraph for _, paragraph in sorted(found, key=lambda pair: pair[0])]


def _stack(lines: Sequence[Line], drawn: Drawn) -> None:
    """Find for each line the one right above it in the same column."""
    near: list[tuple[float, int, Line]] = []
    for line in sorted(lines, key=lambda line: -line.y):
        best: Line | None = None
        for _, _, other in near[:_NEAR]:
            gap = other.y - line.y
            if gap > _LEADING[1] * max(other.size, line.size):
                break
            if best is None and other.below is None and _same_column(other, line, drawn):
                best = other
        if best is not None:
            line.above, best.below = best, line
        insort(near, (line.y, line.order, line), key=lambda item: (item[0], item[1]))


def _same_column(above: Line, line: Line, drawn: Drawn) -> bool:
    size = max(above.size, line.size)
    gap = above.y - line.y
    if not _LEADING[0] * size <= gap <= _LEADING[1] * size or abs(above.size - line.size) > _SAME_SIZE * size:
        return False
    if min(above.end, line.end) - max(above.x, line.x) <= 0:
        return False
    if line.runs[0].turn:
        return True
    # A line drawn closer to the words than this underlines them.
    return not drawn.across.between(line.y + 0.75 * line.size, above.y - 0.28 * above.size, above.x + size / 2)


def _column(top: Line, page: _Margins) -> list[Paragraph]:
    """The paragraphs of one column of lines."""
    column: list[Line] = []
    line: Line | None = top
    while line is not None:
        column.append(line)
        line = line.below
    found: list[Paragraph] = []
    gaps = [above.y - line.y for above, line in pairwise(column)]
    narrow = min(gaps, default=0.0)
    group = [top]
    groups = [group]
    spaced = [False]
    for above, line, gap in zip(column, column[1:], gaps, strict=False):
        wide = gap > _LOOSE * narrow
        if wide or _begins(group, above, line):
            groups.append(group := [])
            spaced.append(wide)
        group.append(line)
    for group, wide in zip(groups, spaced, strict=True):
        found += _paragraphs(group, page, follows=bool(found) and not wide)
    return found


def _begins(group: Sequence[Line], above: Line, line: Line) -> bool:
    """True when a line begins a paragraph by its own look: an indent, or a label after a whole sentence."""
    if starts_unit(line.text) and ends_sentence(above.text):
        return True
    shift = line.x - above.x
    centred = abs((line.x + line.end) - (above.x + above.end)) < line.size
    if centred or abs(shift) <= _INDENT * line.size:
        return False
    if shift > 0:  # the lines under a bullet stand further in, too
        return len(group) > 1 or bullet(group[0].text) == 0
    return len(group) > 1


def _paragraphs(lines: Sequence[Line], page: _Margins, *, follows: bool) -> list[Paragraph]:
    """Lines that look alike, divided where one ends before the margin though the next word would have fitted."""
    start = _narrower(lines)
    if start:
        first = _paragraphs(lines[:start], page, follows=follows)
        return [*first, *_paragraphs(lines[start:], page, follows=False)]
    margin = page.margin(lines)
    found: list[Paragraph] = []
    begun = [lines[0]]
    for above, line in pairwise(lines):
        word = _OPENING.match(line.text)
        share = len(word[0]) / len(line.text) if word else 1
        if above.end + share * (line.end - line.x) <= margin - 0.3 * line.size:
            found.append(Paragraph(begun, _is_full(above, margin), follows))
            begun, follows = [], True
        begun.append(line)
    found.append(Paragraph(begun, _is_full(begun[-1], margin), follows))
    return found


class _Margins:
    """How far to the right the text of a page goes."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._right = max((line.end for line in lines), default=0.0)
        full = sum(line.end > self._right - line.size for line in lines)
        self._known = full >= _JUSTIFIED

    def margin(self, lines: Sequence[Line]) -> float:
        """Where lines of one look are broken: where the longest of them ends, unless that one is short itself.

        A single line far from the margin that all other text goes up to, with nothing beside it, was ended there.
        """
        longest = max(lines, key=lambda line: line.end)
        full = sum(line.end > longest.end - line.size for line in lines)
        short = longest.end < longest.x + _SHORT * (self._right - longest.x)
        if not (self._known and short and full == 1) or self._beside(longest):
            return longest.end
        return self._right

    def _beside(self, line: Line) -> bool:
        return any(other.x > line.end and abs(other.y - line.y) < 2 * line.size for other in self._lines)


def _narrower(lines: Sequence[Line]) -> int:
    """Where a narrower column begins under a wide text; 0 when none does."""
    margin = lines[-1].end
    full = 1
    for index in range(len(lines) - 2, -1, -1):
        line = lines[index]
        if line.end > margin + 3 * line.size and full > 1:
            return index + 1
        if abs(line.end - margin) <= line.size:
            full += 1
        elif line.end > margin:
            full = 1
        margin = max(margin, line.end)
    return 0


def _is_full(line: Line, margin: float) -> bool:
    return line.end > margin - 1.5 * line.size
