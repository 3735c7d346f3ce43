"""The report as one JSON object, for programs."""

from __future__ import annotations

import json

from scriptlint.model.report import Report
from scriptlint.reporters import _data
from scriptlint.reporters._options import PLAIN, Options

KIND = "json"
DISCLAIMER = "机器初筛，不构成法律意见或审批结论"


def render(report: Report, options: Options = PLAIN) -> str:  # noqa: ARG001
    """The whole report, suppressed findings and their reasons included."""
    whole = {
        "tool": "scriptlint",
        **_data.of_summary(report),
        "lang": report.lang,
        "disclaimer": DISCLAIMER,
        "findings": [_data.of_finding(finding, report.lang) for finding in report.findings],
        "problems": [_data.of_problem(problem) for problem in report.problems],
        "files": [_data.of_file(record) for record in report.files],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
