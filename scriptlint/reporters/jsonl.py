"""The report as JSON Lines: a line for each finding, problem and file, and the summary last."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from scriptlint.model.report import Report
from scriptlint.reporters import _data
from scriptlint.reporters._options import PLAIN, Options

KIND = "json"


def render(report: Report, options: Options = PLAIN) -> str:  # noqa: ARG001
    """One object a line, each with its ``type``."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[dict[str, Any]]:
    for finding in report.findings:
        yield {"type": "finding", **_data.of_finding(finding, report.lang)}
    for problem in report.problems:
        yield {"type": "problem", **_data.of_problem(problem)}
    for record in report.files:
        yield {"type": "file", **_data.of_file(record)}
    yield {"type": "summary", **_data.of_summary(report)}
