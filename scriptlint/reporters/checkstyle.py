"""Checkstyle XML, which build servers and review bots read."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from scriptlint.model.report import Report
from scriptlint.model.span import Position
from scriptlint.reporters import _common, _xml
from scriptlint.reporters._options import PLAIN, Options

_PROBLEMS = {"note": "info"}


def render(report: Report, options: Options = PLAIN) -> str:  # noqa: ARG001
    """Every file with its open findings and problems. The format has no word for findings that were silenced."""
    root = Element("checkstyle", version="10.0")
    files: dict[str, Element] = {}

    def file(path: str) -> Element:
        if path not in files:
            files[path] = SubElement(root, "file", name=path)
        return files[path]

    for record in report.files:
        file(record.path)
    for finding in report.open_findings():
        error = _error(file(finding.path), finding.start if finding.span else None, finding.level.word)
        error.set("message", "\n".join(_common.explained(finding, report.lang)))
        # Readers take what follows the last dot for the rule, and what stands before it for its group.
        error.set("source", f"scriptlint.{finding.family}.{finding.rule}")
    for problem in report.problems:
        error = _error(file(problem.path), problem.position, _PROBLEMS.get(problem.severity, "error"))
        error.set("message", "\n".join(_common.told(problem, report.lang)))
        error.set("source", f"scriptlint.problem.{problem.severity}")
    return _xml.document(root)


def _error(file: Element, position: Position | None, severity: str) -> Element:
    error = SubElement(file, "error")
    if position is not None:
        error.set("line", str(position.line))
        error.set("column", str(position.column))
    error.set("severity", severity)
    return error
