"""Reviewdog Diagnostic Format: review comments in any forge. Its columns count bytes of UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from scriptlint.model.finding import Edit, Finding, Fix, Problem
from scriptlint.model.report import Report
from scriptlint.model.span import Position
from scriptlint.reporters import _common
from scriptlint.reporters._options import PLAIN, Options

KIND = "json"


def render(report: Report, options: Options = PLAIN) -> str:  # noqa: ARG001
    """Open findings and problems. The format has no word for findings that were silenced."""
    whole = {
        "source": {"name": "scriptlint"},
        "diagnostics": [
            *(_finding(finding, report.lang) for finding in report.open_findings()),
            *(_problem(problem, report.lang) for problem in report.problems),
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding, lang: str) -> dict[str, Any]:
    location: dict[str, Any] = {"path": finding.path}
    if finding.span is not None:
        location["range"] = _range(finding.start, finding.end, finding.utf8)
    diagnostic: dict[str, Any] = {
        "message": "\n".join(_common.explained(finding, lang)),
        "location": location,
        "severity": finding.level.word.upper(),
        "code": {"value": finding.rule},
    }
    suggestions = [
        {"range": _range(edit.start, edit.end, edit.utf8), "text": edit.text} for edit in _single_edits(finding.fixes)
    ]
    if suggestions:
        diagnostic["suggestions"] = suggestions
    related = [
        {
            "message": place.note,
            "location": {"path": finding.path, "range": _range(place.start, place.end, place.utf8)},
        }
        for place in finding.related
    ]
    if related:
        diagnostic["related_locations"] = related
    return diagnostic


def _single_edits(fixes: tuple[Fix, ...]) -> Iterator[Edit]:
    """Each suggestion stands for itself, so a fix of several edits, of which all or none may be made, is none."""
    for fix in fixes:
        if len(fix.edits) == 1 and fix.edits[0].start is not None:
            yield fix.edits[0]


def _range(start: Position | None, end: Position | None, utf8: tuple[int, int] | None) -> dict[str, Any]:
    """Lines, and columns where somebody counted them: a column of another unit would be a wrong place."""
    assert start is not None
    places: dict[str, Any] = {"start": {"line": start.line}, "end": {"line": (end or start).line}}
    if utf8 is not None:
        places["start"]["column"], places["end"]["column"] = utf8
    return places


def _problem(problem: Problem, lang: str) -> dict[str, Any]:
    location: dict[str, Any] = {"path": problem.path}
    if problem.position is not None:
        location["range"] = {"start": {"line": problem.position.line}}
    return {
        "message": "\n".join(_common.told(problem, lang)),
        "location": location,
        "severity": "INFO" if problem.severity == "note" else "ERROR",
        "code": {"value": f"scriptlint/{problem.severity}"},
    }
