"""JUnit XML: a suite for each file, a case for each finding, and one that passes where a file is clean.

Findings below the fail level pass, with their text as output; a test has no level of its own. Names of cases hold
no line, so that a build server follows a finding when lines move.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from scriptlint.model.finding import Finding, Problem
from scriptlint.model.report import FileRecord, Report
from scriptlint.model.rule import Level
from scriptlint.reporters import _common, _xml
from scriptlint.reporters._options import PLAIN, Options


def render(report: Report, options: Options = PLAIN) -> str:
    """The whole report: failures, what was silenced (skipped, with the reason) and what was not checked (errors)."""
    root = Element("testsuites", name="scriptlint")
    findings: dict[str, list[tuple[Finding, int]]] = {}
    problems: dict[str, list[Problem]] = {}
    records = {record.path: record for record in report.files}
    for finding, number in _common.numbered(report):
        findings.setdefault(finding.path, []).append((finding, number))
    for problem in report.problems:
        problems.setdefault(problem.path, []).append(problem)
    for path in dict.fromkeys((*records, *findings, *problems)):
        suite = SubElement(root, "testsuite", name=path)
        cases = [
            *(_finding(finding, number, report.lang, options.fail_level) for finding, number in findings.get(path, ())),
            *_problems(problems.get(path, ()), report.lang),
        ]
        if not cases:
            cases = [_clean(path, records.get(path))]
        suite.extend(cases)
        _count(suite, cases)
    _count(root, [case for suite in root for case in suite])
    return _xml.document(root)


def _finding(finding: Finding, number: int, lang: str, fail_level: Level) -> Element:
    name = f"{finding.path}: {finding.excerpt or finding.rule}" + (f" #{number}" if number > 1 else "")
    case = Element("testcase", classname=finding.rule.replace("/", "."), name=name, file=finding.path, time="0")
    case.set("line", str(finding.start.line))
    text = "\n".join([_place(finding), *_common.explained(finding, lang)])
    message = _common.said(finding.message, lang)
    if finding.status.state != "open":
        reason = f"{finding.status.state}: {finding.status.reason}".removesuffix(": ")
        SubElement(case, "skipped", message=reason)
        SubElement(case, "system-out").text = text
    elif finding.level >= fail_level:
        SubElement(case, "failure", type=finding.level.word, message=message).text = text
    else:
        SubElement(case, "system-out").text = f"{finding.level.word}: {text}"
    return case


def _place(finding: Finding) -> str:
    if finding.span is None:
        return finding.path
    return f"{finding.path}:{finding.start.line}:{finding.start.column}"


def _problems(problems: Iterable[Problem], lang: str) -> Iterator[Element]:
    for problem in problems:
        name = f"{problem.path}: {problem.message}"
        case = Element("testcase", classname=f"scriptlint.{problem.severity}", name=name, file=problem.path, time="0")
        text = "\n".join([problem.place(), *_common.told(problem, lang)])
        if problem.severity == "note":
            SubElement(case, "system-out").text = text
        else:
            SubElement(case, "error", type=problem.severity, message=problem.message).text = text
        yield case


def _clean(path: str, record: FileRecord | None) -> Element:
    state = record.state if record is not None else "checked"
    return Element("testcase", classname="scriptlint.file", name=f"{path}: {state}", file=path, time="0")


def _count(element: Element, cases: list[Element]) -> None:
    element.set("tests", str(len(cases)))
    for kind, name in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(kind, str(sum(case.find(name) is not None for case in cases)))
    element.set("time", "0")
