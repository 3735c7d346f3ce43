"""Charts as rows of words, bars and numbers: they say the same to an eye, a screen reader and a printer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scriptlint.model.record import dataclass
from scriptlint.model.report import RunPoint
from scriptlint.reporters._html.escaping import Html, joined, tag, text
from scriptlint.reporters._html.words import LEVELS, Words

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 600, 220, 40, 12, 32
_NUMBERS = 8
"""Runs whose numbers are listed: the last ones."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a bar chart: a name, where it leads, and counts by level."""

    name: str
    target: str
    counts: Mapping[str, int]
    hint: str = ""

    @property
    def total(self) -> int:
        """Findings of all levels."""
        return sum(self.counts.values())


def bars(title: str, rows: Sequence[Row], words: Words, *, most: int = 0, hidden: int = 0) -> Html:
    """A chart of stacked bars, drawn to one scale. ``hidden`` counts rows that are not shown."""
    scale = most or max((row.total for row in rows), default=0) or 1
    items = [_bar(row, scale, words) for row in rows]
    if hidden:
        items.append(tag("li", words["more"].format(count=hidden), cls="rest"))
    content = tag("ol", joined(*items), cls="bars") if rows else tag("p", words["no_open"], cls="quiet")
    return tag("section", joined(tag("h3", title), content), cls="chart")


def _bar(row: Row, scale: int, words: Words) -> Html:
    drawn: list[Html] = []
    left = 0.0
    for level in LEVELS:
        width = 100 * row.counts.get(level, 0) / scale
        if width:
            shape = tag("rect", "", x=f"{left:.2f}", y=0, width=f"{width:.2f}", height=10, cls=f"fill-{level}")
            drawn.append(shape)
            left += width
    svg = tag("svg", joined(*drawn), viewBox="0 0 100 10", preserveAspectRatio="none", cls="bar", aria_hidden="true")
    counts = {level: row.counts.get(level, 0) for level in LEVELS}
    label = words["chart_row"].format(name=row.name, **counts)
    name = tag("span", row.name, cls="name", title=row.hint or None)
    inner = joined(name, svg, tag("span", row.total, cls="count"))
    return tag("li", tag("a", inner, href=row.target, aria_label=label, cls="barrow"))


def trend(points: Sequence[RunPoint], words: Words) -> Html:
    """How runs develop: findings as stacked columns, the mean score as a line, and the numbers below."""
    if len(points) < 2:
        return Html("")
    figure = tag(
        "div",
        tag(
            "svg",
            joined(tag("title", words["trend_note"]), *_grid(points, words), *_columns(points), *_line(points)),
            viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
            role="img",
            cls="trend",
        ),
        cls="scrolls",
        tabindex="0",
    )
    drawn = tag("div", joined(_legend(words), figure), cls="drawn")
    numbers = tag("div", _table(points[-_NUMBERS:], words), cls="scrolls", tabindex="0")
    title = joined(words["trend"], " ", tag("span", words["trend_note"], cls="quiet"))
    return tag("section", joined(tag("h3", title), tag("div", joined(drawn, numbers), cls="beside")), cls="chart wide")


def _legend(words: Words) -> Html:
    entries = [tag("span", words[f"level_{level}"], cls=f"key key-{level}") for level in LEVELS]
    return tag("p", joined(*entries, tag("span", words["score"], cls="key key-score")), cls="legend")


def _most(points: Iterable[RunPoint]) -> int:
    return max((sum(point.levels.values()) for point in points), default=0) or 1


def _x(index: int, count: int) -> float:
    return _LEFT + (_WIDTH - 2 * _LEFT) * (index + 0.5) / count


def _y(share: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - share)


def _grid(points: Sequence[RunPoint], words: Words) -> list[Html]:
    most = _most(points)
    drawn: list[Html] = []
    for share in (0.0, 0.5, 1.0):
        y = f"{_y(share):.1f}"
        drawn.append(tag("line", "", x1=_LEFT, x2=_WIDTH - _LEFT, y1=y, y2=y, cls="grid"))
        height = f"{_y(share) + 4:.1f}"
        number = f"{most * share:.0f}" if most > 1 or share != 0.5 else ""
        drawn.append(tag("text", number, x=_LEFT - 6, y=height, text_anchor="end"))
        drawn.append(tag("text", f"{100 * share:.0f}", x=_WIDTH - _LEFT + 6, y=height, cls="score"))
    step = max(1, -(-len(points) // 8))
    for index, point in enumerate(points):
        # The last run is always named; one just before it would stand in its way.
        last = index == len(points) - 1
        if last or (index % step == 0 and len(points) - 1 - index >= step):
            name = words["this_run"] if last else point.as_of
            where = f"{_x(index, len(points)):.1f}"
            drawn.append(tag("text", name, x=where, y=_HEIGHT - 12, text_anchor="middle"))
    return drawn


def _columns(points: Sequence[RunPoint]) -> list[Html]:
    most = _most(points)
    width = min(36.0, (_WIDTH - 2 * _LEFT) / len(points) * 0.55)
    drawn: list[Html] = []
    for index, point in enumerate(points):
        below = 0.0
        for level in LEVELS:
            share = point.levels.get(level, 0) / most
            if not share:
                continue
            top = _y(below + share)
            drawn.append(
                tag(
                    "rect",
                    "",
                    x=f"{_x(index, len(points)) - width / 2:.1f}",
                    y=f"{top:.1f}",
                    width=f"{width:.1f}",
                    height=f"{_y(below) - top:.1f}",
                    cls=f"fill-{level}",
                )
            )
            below += share
    return drawn


def _line(points: Sequence[RunPoint]) -> list[Html]:
    known = [(index, point.score) for index, point in enumerate(points) if point.score is not None]
    places = [(f"{_x(index, len(points)):.1f}", f"{_y(score / 100):.1f}") for index, score in known]
    path = " ".join(f"{x},{y}" for x, y in places)
    dots = [tag("circle", "", cx=x, cy=y, r=3.5, cls="score") for x, y in places]
    return [tag("polyline", "", points=path, cls="score"), *dots]


def _table(points: Sequence[RunPoint], words: Words) -> Html:
    names = (words["day"], *(words[f"level_{level}"] for level in LEVELS), words["new"], words["fixed"])
    head = joined(*(tag("th", name, scope="col") for name in (*names, words["score"])))
    rows = []
    for index, point in enumerate(points):
        day = words["this_run"] if index == len(points) - 1 else point.as_of
        counts = [point.levels.get(level, 0) for level in LEVELS]
        cells = (day, *counts, point.new, point.fixed, point.score)
        rows.append(tag("tr", joined(*(tag("td", "–" if cell is None else text(cell)) for cell in cells))))
    return tag("table", joined(tag("thead", tag("tr", head)), tag("tbody", joined(*rows))), cls="numbers")
