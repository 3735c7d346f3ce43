"""A table for spreadsheets: UTF-8 with a mark that Excel knows it by, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from scriptlint.model.finding import Finding, Problem
from scriptlint.model.report import FileRecord, Report
from scriptlint.reporters import _common
from scriptlint.reporters._options import PLAIN, Options

COLUMNS = (
    "kind", "path", "line", "column", "end_line", "end_column", "place", "level", "status", "reason", "family", "rule",
    "verdict", "excerpt", "message", "suggestion", "basis", "fingerprint",
)  # fmt: skip
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(report: Report, options: Options = PLAIN) -> str:  # noqa: ARG001
    """A row for each finding, whatever its status, for each problem, and for each file that was not read whole."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in _rows(report):
        writer.writerow({column: _harmless(value) for column, value in row.items()})
    return "\ufeff" + out.getvalue()


def _rows(report: Report) -> Iterator[dict[str, str]]:
    for finding, number in _common.numbered(report):
        yield _finding(finding, number, report.lang)
    for problem in report.problems:
        yield _problem(problem)
    for record in report.files:
        if record.state != "checked":
            yield _file(record)


def _finding(finding: Finding, number: int, lang: str) -> dict[str, str]:
    row = {
        "kind": "finding",
        "path": finding.path,
        "place": finding.locator,
        "level": finding.level.word,
        "status": finding.status.state,
        "reason": finding.status.reason,
        "family": finding.family,
        "rule": finding.rule,
        "verdict": str(finding.verdict),
        "excerpt": finding.excerpt,
        "message": _common.explained(finding, lang)[0],
        "suggestion": _common.said(finding.suggestion, lang),
        "basis": _common.words(lang)["comma"].join(clause.text() for clause in finding.basis),
        "fingerprint": _common.digest(*finding.identity, str(number)),
    }
    if finding.span is not None:
        row |= {
            "line": str(finding.start.line),
            "column": str(finding.start.column),
            "end_line": str(finding.end.line),
            "end_column": str(finding.end.column),
        }
    return row


def _problem(problem: Problem) -> dict[str, str]:
    row = {"kind": "problem", "path": problem.path, "status": problem.severity}
    row |= {"message": problem.message, "suggestion": problem.hint}
    if problem.position is not None:
        row |= {"line": str(problem.position.line), "column": str(problem.position.column)}
    return row


def _file(record: FileRecord) -> dict[str, str]:
    return {"kind": "file", "path": record.path, "status": record.state, "message": "; ".join(record.unread)}


def _harmless(value: str) -> str:
    """A value that a spreadsheet would take for a formula becomes text. Blanks in front do not hide one."""
    return f"'{value}" if value.lstrip(" \u3000\ufeff").startswith(_RUN) else value
