"""Puts the runs of a PDF page together to lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.readers._pdfdrawn import Drawn, Run
from scriptlint.readers._prose import glue

_BLANK = 0.28
"""Gap between characters, in sizes, from which it is a blank."""
_CELL = 1.7
"""Gap from which it divides a line into cells or columns."""
_HAN_CELL = 0.6
"""The same between Han characters drawn apart, for they stand side by side in a line of text."""
_NEAR = 60
BULLET_ONLY = lazy_re(r"\s*(?:[•·●○■□◆◇▪➢➤►▶-]|[0-9]{1,2}[.．、)）]|[(（][0-9]{1,2}[)）]|[①-⑳])\s*$")


@dataclass(slots=True)
class Line:
    """Characters on one baseline that belong together."""

    runs: list[Run]
    order: int
    above: Line | None = None
    below: Line | None = None
    text: str = ""
    x: float = 0.0
    end: float = 0.0
    y: float = 0.0
    size: float = 0.0

    def settle(self) -> None:
        """Work out the text, place and size from the runs."""
        self.runs.sort(key=lambda run: run.x)
        self.x, self.end = self.runs[0].x, max(run.end for run in self.runs)
        sizes: Counter[float] = Counter()
        for run in self.runs:
            sizes[round(run.size, 1)] += len(run.text.strip()) or 0
        self.size = max(sizes, key=lambda size: (sizes[size], size)) or 1.0
        self.y = max(self.runs, key=lambda run: len(run.text) if round(run.size, 1) == self.size else 0).y
        parts: list[str] = []
        end = self.x
        for run in self.runs:
            gap = run.x - end
            if parts and gap > _BLANK * min(run.size, self.size) and not parts[-1].endswith(" "):
                parts.append(_blank(parts[-1], run.text, gap / self.size))
            parts.append(run.text)
            end = max(end, run.end)
        self.text = re.sub(" {2,}", " ", "".join(parts)).strip()


def lines_of_runs(runs: Sequence[Run], drawn: Drawn) -> list[Line]:
    """The lines that runs of one direction of writing make, in the order they were drawn."""
    lines: list[Line] = []
    end = 0.0
    for order, run in enumerate(runs):
        before = lines[-1].runs[-1] if lines else None
        size = max(run.size, before.size) if before else 0
        if (
            before
            and abs(run.y - before.y) <= _drop(run, before)
            and -0.5 * size <= run.x - end <= _widest_gap(before, run) * size
            and not _divided(drawn, end, run)
        ):
            lines[-1].runs.append(run)
            end = max(end, run.end)
        elif run.text.strip():
            lines.append(Line([run], order))
            end = run.end
    for line in lines:
        line.settle()
    return _merged(_once(lines), drawn)


def _widest_gap(before: Run, run: Run) -> float:
    apart = run.strike != before.strike and before.text.strip() and run.text.strip()
    return _HAN_CELL if apart and not glue(before.text.rstrip(), run.text.lstrip()) else _CELL


def _drop(run: Run, before: Run) -> float:
    """How far the baselines of neighbours may differ: raised and lowered signs are smaller."""
    small, large = sorted((run.size, before.size))
    return 0.6 * large if small < 0.8 * large else 0.3 * large


def _divided(drawn: Drawn, end: float, run: Run) -> bool:
    """True when a drawn line stands between two runs, as between the cells of a table."""
    if run.turn or run.x - end < 0.05 * run.size:
        return False
    return drawn.down.between(end - 1, run.x + 1, run.y + 0.3 * run.size)


def _once(lines: Sequence[Line]) -> list[Line]:
    """Without the copies that are drawn a little aside to make text look bold or shaded."""
    kept: list[Line] = []
    by_text: dict[str, list[Line]] = {}
    for line in lines:
        twins = by_text.setdefault(line.text, [])
        if any(abs(t.x - line.x) < 0.25 * t.size and abs(t.y - line.y) < 0.25 * t.size for t in twins[-_NEAR:]):
            continue
        twins.append(line)
        kept.append(line)
    return kept


def _merged(lines: Sequence[Line], drawn: Drawn) -> list[Line]:
    """Lines that touch on one baseline as one: a word in bold may be drawn after all the others."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if rows and abs(rows[-1][0].y - line.y) <= 0.3 * max(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    merged: list[Line] = []
    for row in rows:
        whole: list[Line] = []
        for line in sorted(row, key=lambda line: line.x):
            if whole and _touch(whole[-1], line, drawn):
                whole[-1].runs += line.runs
                whole[-1].order = min(whole[-1].order, line.order)
                whole[-1].settle()
            else:
                whole.append(line)
        merged += whole
    return sorted(merged, key=lambda line: line.order)


def _touch(before: Line, line: Line, drawn: Drawn) -> bool:
    gap = line.x - before.end
    size = max(before.size, line.size)
    widest = 4 if BULLET_ONLY.match(before.text) else 0.9 if glue(before.text, line.text) else _HAN_CELL
    return -0.3 * size <= gap <= widest * size and not _divided(drawn, before.end, line.runs[0])


def _blank(before: str, after: str, gap: float) -> str:
    """What a gap inside a line says. Han characters are often set apart a little; that is no blank."""
    if not before.strip() or not after.strip():
        return ""
    return " " if gap > 0.45 or glue(before.rstrip(), after.lstrip()) else ""
