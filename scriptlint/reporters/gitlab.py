"""GitLab Code Quality: findings show in merge requests, new ones and fixed ones apart."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from scriptlint.model.report import Report
from scriptlint.model.rule import Level
from scriptlint.reporters import _common
from scriptlint.reporters._options import PLAIN, Options

KIND = "json"

_SEVERITIES = {Level.ERROR: "critical", Level.WARNING: "major", Level.INFO: "info"}
_PROBLEMS = {"unread": "blocker", "usage": "blocker", "note": "info"}


def render(report: Report, options: Options = PLAIN) -> str:  # noqa: ARG001
    """A list of issues: open findings and problems. The format has no word for findings that were silenced."""
    return json.dumps([*_findings(report), *_problems(report)], ensure_ascii=False, indent=2) + "\n"


def _findings(report: Report) -> Iterator[dict[str, Any]]:
    for finding, number in _common.numbered(report):
        if finding.status.state == "open":
            yield {
                "description": " ".join(_common.explained(finding, report.lang)),
                "check_name": finding.rule,
                # GitLab shows one issue for each fingerprint, so equal findings must differ; moved lines must not.
                "fingerprint": _common.digest(*finding.identity, str(number)),
                "severity": _SEVERITIES[finding.level],
                "location": {
                    "path": finding.path,
                    "lines": {"begin": finding.start.line, "end": finding.end.line},
                },
            }


def _problems(report: Report) -> Iterator[dict[str, Any]]:
    seen: Counter[tuple[str, str]] = Counter()
    for problem in report.problems:
        key = (problem.path, problem.message)
        seen[key] += 1
        line = problem.position.line if problem.position else 1
        yield {
            "description": " ".join(_common.told(problem, report.lang)),
            "check_name": f"scriptlint/{problem.severity}",
            "fingerprint": _common.digest("problem", *key, str(seen[key])),
            "severity": _PROBLEMS.get(problem.severity, "blocker"),
            "location": {"path": problem.path, "lines": {"begin": line, "end": line}},
        }
