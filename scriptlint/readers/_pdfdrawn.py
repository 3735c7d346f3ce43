"""What a page of a PDF shows, once drawn: text, straight lines, pictures; and the reckoning behind it."""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import Any

from scriptlint.model.record import dataclass, field

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
Colour = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
BLACK = (0.0, 0.0, 0.0)
WHITE = (1.0, 1.0, 1.0)
MOST_SHAPES = 5_000
_ALIKE = 0.06
"""How far apart two colours may be, from 0 to 1 in each part, and still not be told apart on paper."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters drawn in one go. ``x`` to ``end`` and ``y`` count along and across the direction of writing."""

    text: str
    x: float
    end: float
    y: float
    size: float
    turn: int
    """Degrees by which the direction of writing is turned against the page."""
    hidden: bool
    colour: str | None
    mark: int | None
    """The number by which the file's structure refers to it."""
    artifact: str
    """``header``, ``footer`` or ``artifact`` where the file says that it is no part of its text."""
    strike: int
    """The number of the operator that drew it: what one draws is one piece, however wide its letters stand."""


class Rulings:
    """Straight lines of one direction, found by their place."""

    def __init__(self) -> None:
        self._lines: list[tuple[float, float, float]] = []
        self._sorted = True

    def add(self, place: float, start: float, end: float) -> None:
        """Take one up, as long as there are not absurdly many."""
        if len(self._lines) < MOST_SHAPES:
            self._lines.append((place, start, end))
            self._sorted = False

    def between(self, low: float, high: float, at: float) -> bool:
        """True when one lies between two places and passes the point ``at`` on its way."""
        if not self._sorted:
            self._lines.sort()
            self._sorted = True
        index = bisect_left(self._lines, (low, -math.inf, -math.inf))
        while index < len(self._lines) and self._lines[index][0] <= high:
            if self._lines[index][1] <= at <= self._lines[index][2]:
                return True
            index += 1
        return False

    def nearest(self, place: float, at: float) -> tuple[float | None, float | None]:
        """The places of those next below and next above ``place`` that pass the point ``at``."""
        self.between(0.0, -1.0, at)
        index = bisect_left(self._lines, (place, -math.inf, -math.inf))
        below = next((line[0] for line in reversed(self._lines[:index]) if line[1] <= at <= line[2]), None)
        above = next((line[0] for line in self._lines[index:] if line[1] <= at <= line[2]), None)
        return below, above


@dataclass(slots=True)
class Drawn:
    """What a page shows: text, lines that divide it, and pictures."""

    runs: list[Run] = field(default_factory=list)
    across: Rulings = field(default_factory=Rulings)
    down: Rulings = field(default_factory=Rulings)
    images: list[Box] = field(default_factory=list)
    shapes: int = 0
    unknown: int = 0
    """Characters whose font does not say what they mean."""


def times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does ``first`` and then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def box_of(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> Box:
    a, b, c, d, e, f = matrix
    points = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def matrix_of(operands: Any) -> Matrix:
    a, b, c, d, e, f = map(float, operands[:6])
    return a, b, c, d, e, f


def colour_of(operands: list[Any]) -> Colour | None:
    """A fill colour as red, green and blue; None for patterns and colours of more parts."""
    parts = [min(max(float(part), 0.0), 1.0) for part in operands if isinstance(part, int | float)]
    if len(parts) != len(operands):
        return None
    if len(parts) == 1:
        return parts[0], parts[0], parts[0]
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    return None


def alike(first: Colour, second: Colour) -> bool:
    return all(abs(a - b) <= _ALIKE for a, b in zip(first, second, strict=True))


def written(colour: Colour | None) -> str | None:
    return None if colour is None else "#" + "".join(f"{round(part * 255):02x}" for part in colour)
