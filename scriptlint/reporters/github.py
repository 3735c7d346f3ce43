"""Workflow commands of GitHub Actions: each finding becomes an annotation at its lines."""

from __future__ import annotations

from collections.abc import Iterator

from scriptlint.model.report import Report
from scriptlint.model.rule import Level
from scriptlint.reporters import _common
from scriptlint.reporters._options import PLAIN, Options

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_PROBLEMS = {"note": "notice"}


def render(report: Report, options: Options = PLAIN) -> str:  # noqa: ARG001
    """A command for each open finding and each problem, and the counts as a plain line for the log."""
    return "".join(f"{line}\n" for line in (*_commands(report), f"scriptlint: {_common.counts(report)}"))


def _commands(report: Report) -> Iterator[str]:
    for finding in report.open_findings():
        where = {"file": finding.path}
        if finding.span is not None:
            where["line"] = str(finding.start.line)
            where["endLine"] = str(finding.end.line)
            # GitHub refuses columns for a range of lines.
            if finding.start.line == finding.end.line:
                where["col"] = str(finding.start.column)
                where["endColumn"] = str(finding.end.column)
        yield _command(
            _COMMANDS[finding.level], {**where, "title": finding.rule}, _common.explained(finding, report.lang)
        )
    for problem in report.problems:
        where = {} if _common.on_command_line(problem) else {"file": problem.path}
        if problem.position is not None:
            where |= {"line": str(problem.position.line), "col": str(problem.position.column)}
        where["title"] = f"scriptlint/{problem.severity}"
        yield _command(_PROBLEMS.get(problem.severity, "error"), where, _common.told(problem, report.lang))


def _command(name: str, properties: dict[str, str], lines: list[str]) -> str:
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(chr(10).join(lines))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
