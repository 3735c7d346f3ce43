"""A series of runs, each with its counts and its scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from scriptlint.history.compare import compare
from scriptlint.history.past import Past
from scriptlint.history.score import average, scores
from scriptlint.model.report import RunPoint
from scriptlint.model.rule import FAMILIES


def points(runs: Sequence[Past]) -> tuple[RunPoint, ...]:
    """One point a run, in the order of days and names. New and fixed are as against the run before."""
    ordered = sorted(runs, key=lambda run: (run.as_of, run.name))
    found: list[RunPoint] = []
    for index, run in enumerate(ordered):
        standing = [row for row in run.rows if row.stands]
        levels = Counter(row.level for row in standing)
        families = Counter(row.family for row in standing)
        by_document = scores(run)
        before = compare(ordered[index - 1], run).counts if index else None
        found.append(
            RunPoint(
                name=run.name,
                as_of=run.as_of,
                fingerprint=run.fingerprint,
                files=len(run.files),
                levels={level: levels[level] for level in ("error", "warning", "info")},
                families={family: families[family] for family in FAMILIES},
                score=average(score.whole for score in by_document.values()),
                family_scores={
                    family: average(score.families[family] for score in by_document.values()) for family in FAMILIES
                },
                new=before["new"] + before["returned"] if before else None,
                fixed=before["fixed"] if before else None,
            )
        )
    return tuple(found)


def data(runs: Sequence[Past]) -> dict[str, Any]:
    """The series as plain values, with the scores of every document over time."""
    ordered = sorted(runs, key=lambda run: (run.as_of, run.name))
    each = [scores(run) for run in ordered]
    paths = sorted({path for by_document in each for path in by_document})
    return {
        "runs": [of_point(point) for point in points(ordered)],
        "documents": [
            {
                "path": path,
                "scores": [of[path].whole if path in of else None for of in each],
                "families": {
                    family: [of[path].families[family] if path in of else None for of in each] for family in FAMILIES
                },
            }
            for path in paths
        ],
    }


def of_point(point: RunPoint) -> dict[str, Any]:
    """One run as plain values."""
    return {
        "name": point.name,
        "as_of": point.as_of,
        "fingerprint": point.fingerprint,
        "files": point.files,
        **point.levels,
        "families": dict(point.families),
        "score": point.score,
        "family_scores": dict(point.family_scores),
        "new": point.new,
        "fixed": point.fixed,
    }
