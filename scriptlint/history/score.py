"""A score for each document, by family: simple enough to be worked out by hand.

    score = 100 - 10 x errors - 3 x warnings - 1 x infos, and never below 0

What counts are the findings that stand in the text: open ones, those a baseline knows and those on unchanged lines.
Suppressed and waived ones do not count, somebody decided on them; nor do hints without support. The score of a family
counts only its own findings, the score of the document all of them. A file that could not be read has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scriptlint.history.past import Past
from scriptlint.model.record import dataclass
from scriptlint.model.rule import FAMILIES

WEIGHTS: Mapping[str, int] = {"error": 10, "warning": 3, "info": 1}


@dataclass(frozen=True, slots=True)
class Score:
    """The scores of one document, from 0 to 100."""

    whole: int
    families: Mapping[str, int]


def scores(past: Past) -> dict[str, Score]:
    """The score of each document that was read."""
    lost: dict[str, dict[str, int]] = {
        path: {} for path, state in past.files.items() if state in ("checked", "partial")
    }
    for row in past.rows:
        if row.stands and row.path in lost:
            lost[row.path][row.family] = lost[row.path].get(row.family, 0) + WEIGHTS.get(row.level, 0)
    return {
        path: Score(_left(sum(by.values())), {family: _left(by.get(family, 0)) for family in FAMILIES})
        for path, by in sorted(lost.items())
    }


def average(of: Iterable[int]) -> float | None:
    """The mean, to one place; None of nothing."""
    values = list(of)
    return round(sum(values) / len(values), 1) if values else None


def _left(lost: int) -> int:
    return max(0, 100 - lost)
