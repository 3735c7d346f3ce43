"""Logging commands of Azure Pipelines: findings show in the summary of a build."""

from __future__ import annotations

from collections.abc import Iterator

from scriptlint.model.report import Report
from scriptlint.model.rule import Level
from scriptlint.reporters import _common
from scriptlint.reporters._options import PLAIN, Options


def render(report: Report, options: Options = PLAIN) -> str:  # noqa: ARG001
    """A command for each open finding and each problem; what is less than a warning is a plain line of the log."""
    return "".join(f"{line}\n" for line in (*_lines(report), f"scriptlint: {_common.counts(report)}"))


def _lines(report: Report) -> Iterator[str]:
    for finding in report.open_findings():
        text = " ".join(_common.explained(finding, report.lang))
        if finding.level is Level.INFO:
            place = f"{finding.path}:{finding.start.line}:{finding.start.column}"
            yield _data(f"{place}: info {finding.rule} {text}")
            continue
        yield _issue(
            finding.level.word,
            text,
            sourcepath=finding.path,
            linenumber=str(finding.start.line) if finding.span else "",
            columnnumber=str(finding.start.column) if finding.span else "",
            code=finding.rule,
        )
    for problem in report.problems:
        text = " ".join(_common.told(problem, report.lang))
        if problem.severity == "note":
            yield _data(f"{problem.place()}: {text}")
            continue
        position = problem.position
        yield _issue(
            "error",
            text,
            sourcepath="" if _common.on_command_line(problem) else problem.path,
            linenumber=str(position.line) if position else "",
            columnnumber=str(position.column) if position else "",
            code=f"scriptlint/{problem.severity}",
        )


def _issue(kind: str, text: str, **properties: str) -> str:
    listed = "".join(f"{key}={_property(value)};" for key, value in properties.items() if value)
    return f"##vso[task.logissue type={kind};{listed}]{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(";", "%3B").replace("]", "%5D")
