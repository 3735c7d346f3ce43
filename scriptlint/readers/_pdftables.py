"""Tables a PDF only draws: found by the lines around their cells, else by cells that begin at the same places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scriptlint.model.document import Scope
from scriptlint.readers._pdfdrawn import Box, Drawn
from scriptlint.readers._pdfparagraphs import Paragraph
from scriptlint.readers._pdftags import Tag

_APART = 4.0
"""Points between the boxes of neighbouring cells; cells with borders of their own stand a little apart."""
_PARAGRAPHS = 3_000
"""A page with more is no page of tables for people; looking for them would take long."""


class Place(NamedTuple):
    """Table, row and column of a cell, all counted from 0."""

    table: int
    row: int
    column: int


def tables(paragraphs: Sequence[tuple[Paragraph, Tag | None]], drawn: Drawn, page: int) -> dict[int, Place]:
    """The places of those paragraphs, by their index, that are cells of a table."""
    free = [
        index
        for index, (paragraph, tag) in enumerate(paragraphs)
        if (tag is None or tag.scope is Scope.PARAGRAPH) and not paragraph.first.runs[0].turn
    ][:_PARAGRAPHS]
    first = page * 1_000
    found = _boxed({index: paragraphs[index][0] for index in free}, drawn, first)
    rest = {index: paragraphs[index][0] for index in free if index not in found}
    return {**found, **_aligned(rest, first + 500)}


# -- by lines ---------------------------------------------------------------------------------------------


def _boxed(paragraphs: dict[int, Paragraph], drawn: Drawn, number: int) -> dict[int, Place]:
    boxes: dict[int, Box] = {}
    for index, paragraph in paragraphs.items():
        box = _box(paragraph, drawn)
        if box is not None:
            boxes[index] = box
    rows: list[tuple[float, float, list[int]]] = []
    for index in sorted(boxes, key=lambda index: (-boxes[index][3], boxes[index][0])):
        bottom, top = boxes[index][1], boxes[index][3]
        if rows and abs(rows[-1][0] - top) < _APART and abs(rows[-1][1] - bottom) < _APART:
            rows[-1][2].append(index)
        else:
            rows.append((top, bottom, [index]))
    found: dict[int, Place] = {}
    for table in _stacked(rows):
        lefts: list[float] = []
        for left in sorted(boxes[index][0] for row in table for index in row):
            if not lefts or left - lefts[-1] > _APART:
                lefts.append(left)
        if len(lefts) < 2:
            continue
        for number_in_table, row in enumerate(table):
            for index in row:
                found[index] = Place(number, number_in_table, _nearest(lefts, boxes[index][0]))
        number += 1
    return found


def _box(paragraph: Paragraph, drawn: Drawn) -> Box | None:
    """The lines around a paragraph, if there is one on each side."""
    x = (paragraph.first.x + paragraph.first.end) / 2
    y = paragraph.first.y + 0.3 * paragraph.first.size
    bottom, top = drawn.across.nearest(y, x)
    left, right = drawn.down.nearest(x, y)
    if left is None or right is None or bottom is None or top is None:
        return None
    return left, bottom, right, top


def _stacked(rows: Sequence[tuple[float, float, list[int]]]) -> list[list[list[int]]]:
    """Rows that touch, as tables."""
    result: list[list[list[int]]] = []
    last = 0.0
    for top, bottom, indices in rows:
        if result and abs(last - top) < _APART:
            result[-1].append(indices)
        else:
            result.append([indices])
        last = bottom
    return result


# -- by alignment -----------------------------------------------------------------------------------------


def _aligned(paragraphs: dict[int, Paragraph], number: int) -> dict[int, Place]:
    """Rows of paragraphs that begin at one height, each at a place where one of the row above begins."""
    rows: list[list[int]] = []
    for index in sorted(paragraphs, key=lambda index: -paragraphs[index].first.y):
        line = paragraphs[index].first
        if rows and abs(paragraphs[rows[-1][0]].first.y - line.y) < 0.4 * line.size:
            rows[-1].append(index)
        else:
            rows.append([index])
    found: dict[int, Place] = {}
    table: list[list[int]] = []
    for row in [*rows, []]:
        row.sort(key=lambda index: paragraphs[index].first.x)
        if len(row) > 1 and (not table or _goes_on(paragraphs, table[-1], row)):
            table.append(row)
            continue
        if len(table) > 1:
            places = [paragraphs[index].first.x for index in max(table, key=len)]
            for number_in_table, indices in enumerate(table):
                for index in indices:
                    found[index] = Place(number, number_in_table, _nearest(places, paragraphs[index].first.x))
            number += 1
        table = [row] if len(row) > 1 else []
    return found


def _goes_on(paragraphs: dict[int, Paragraph], above: Sequence[int], row: Sequence[int]) -> bool:
    lines = [paragraphs[index].first for index in row]
    places = [paragraphs[index].first.x for index in above]
    if abs(len(above) - len(row)) > 1 or not all(
        any(abs(line.x - place) < line.size for place in places) for line in lines
    ):
        return False
    bottom = min(paragraphs[index].last.y for index in above)
    return bottom - lines[0].y < 4 * lines[0].size


def _nearest(places: Sequence[float], x: float) -> int:
    return min(range(len(places)), key=lambda place: abs(places[place] - x))
