"""SARIF 2.1.0, the standard of static analysis: everything a report holds, for code scanning, viewers and archives.

Rule packs are extensions of the tool, each with its rules. Findings that were silenced stay, with their suppression.
Columns count code points. Paths are relative to the folder scriptlint was started in.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from scriptlint.model.finding import Edit, Finding, Fix, Problem, Related
from scriptlint.model.report import FileRecord, Report
from scriptlint.model.rule import Level
from scriptlint.model.span import Position, Span
from scriptlint.reporters import _common, _data
from scriptlint.reporters._options import PLAIN, Options
from scriptlint.reporters._sariftool import LEVELS, Tool

KIND = "json"

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_NOTIFIED = {"unread": "error", "usage": "error", "note": "note"}


def render(report: Report, options: Options = PLAIN) -> str:  # noqa: ARG001
    """The whole report as one run."""
    run = _Run(report).run()
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


class _Run:
    """The working state of one rendering."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.lang = report.lang
        self.tool = Tool(report)
        self.artifacts = {record.path: index for index, record in enumerate(report.files)}

    def run(self) -> dict[str, Any]:
        report = self.report
        return {
            "tool": self.tool.described(),
            "language": "en-US" if self.lang == "en" else "zh-CN",
            "columnKind": "unicodeCodePoints",
            "redactionTokens": ["*"],
            "originalUriBaseIds": {_ROOT: {"description": {"text": "the folder scriptlint was started in"}}},
            "invocations": [self.invocation()],
            "artifacts": [self.artifact(record) for record in report.files],
            "results": [self.result(finding, number) for finding, number in _common.numbered(report)],
            "properties": {
                "asOf": report.as_of,
                "ruleSet": report.fingerprint,
                "rules": report.rules,
                "skipped": dict(report.skipped),
            },
        }

    def invocation(self) -> dict[str, Any]:
        problems = self.report.problems
        calls = [self.notification(problem) for problem in problems if problem.severity == "usage"]
        others = [self.notification(problem) for problem in problems if problem.severity != "usage"]
        return {
            "executionSuccessful": all(problem.severity == "note" for problem in problems),
            "toolConfigurationNotifications": calls,
            "toolExecutionNotifications": others,
            "ruleConfigurationOverrides": self.tool.overrides(),
        }

    def notification(self, problem: Problem) -> dict[str, Any]:
        told: dict[str, Any] = {
            "descriptor": self.tool.notification(problem.severity),
            "level": _NOTIFIED.get(problem.severity, "error"),
            "message": {"text": "\n".join(_common.told(problem, self.lang))},
        }
        if not _common.on_command_line(problem):
            place: dict[str, Any] = {"artifactLocation": self.location(problem.path)}
            if problem.position is not None:
                place["region"] = {"startLine": problem.position.line, "startColumn": problem.position.column}
            told["locations"] = [{"physicalLocation": place}]
        return told

    def artifact(self, record: FileRecord) -> dict[str, Any]:
        described: dict[str, Any] = {"location": self.location(record.path), "roles": ["analysisTarget"]}
        if record.encoding:
            described["encoding"] = record.encoding
        if record.sha256:
            described["hashes"] = {"sha-256": record.sha256}
        described["properties"] = {
            "state": record.state,
            "format": record.format,
            "characters": record.characters,
            "unread": list(record.unread),
            "context": {
                key: fact["values"] for key, fact in _data.of_context(record.context).items() if fact["values"]
            },
        }
        return described

    def result(self, finding: Finding, number: int) -> dict[str, Any]:
        identity = f"{_common.digest(*finding.identity)}:{number}"
        told: dict[str, Any] = {
            "ruleId": finding.rule,
            **self.tool.reference(finding.rule),
            "level": LEVELS[finding.level] if finding.level is not Level.OFF else "none",
            "message": {"text": "\n".join(_common.explained(finding, self.lang))},
            "locations": [self.place(finding)],
            # The second is the name that GitHub follows alerts by.
            "partialFingerprints": {"scriptlintIdentity/v1": identity, "primaryLocationLineHash": identity},
        }
        if finding.related:
            told["relatedLocations"] = [self.related(finding, i, other) for i, other in enumerate(finding.related)]
        if finding.status.state != "open":
            told["suppressions"] = [_suppression(finding)]
        if finding.fixes:
            told["fixes"] = [self.fix(finding, fix) for fix in finding.fixes]
        told["properties"] = {
            "family": finding.family,
            "verdict": str(finding.verdict),
            "status": finding.status.state,
            "evasion": finding.evasion,
            "basis": [clause.text() for clause in finding.basis],
        }
        return told

    def place(self, finding: Finding) -> dict[str, Any]:
        physical: dict[str, Any] = {"artifactLocation": self.location(finding.path)}
        if finding.span is not None:
            region = _region(finding.start, finding.end)
            if finding.excerpt:
                region["snippet"] = {"text": finding.excerpt}
            physical["region"] = region
            around = _around(finding)
            if around is not None:
                physical["contextRegion"] = around
        place: dict[str, Any] = {"physicalLocation": physical}
        if finding.locator:
            full = f"{finding.path}:{finding.locator}"
            place["logicalLocations"] = [{"name": finding.locator, "fullyQualifiedName": full}]
        return place

    def related(self, finding: Finding, index: int, other: Related) -> dict[str, Any]:
        physical = {
            "artifactLocation": self.location(finding.path),
            "region": _region(other.start, other.end or _after(other.start, other.span)),
        }
        place: dict[str, Any] = {"id": index, "physicalLocation": physical}
        if other.note:
            place["message"] = {"text": other.note}
        return place

    def fix(self, finding: Finding, fix: Fix) -> dict[str, Any]:
        change = {
            "artifactLocation": self.location(finding.path),
            "replacements": [
                {"deletedRegion": _edited(edit), "insertedContent": {"text": edit.text}} for edit in fix.edits
            ],
        }
        return {
            "description": {"text": _common.said(fix.description, self.lang) or str(fix.tier)},
            "artifactChanges": [change],
            "properties": {"tier": str(fix.tier)},
        }

    def location(self, path: str) -> dict[str, Any]:
        if len(path) > 1 and path[1] == ":":  # another drive of a Windows machine
            return {"uri": "file:///" + quote(path.encode("utf-8", "surrogatepass"), safe="/:")}
        place: dict[str, Any] = {"uri": quote(path.encode("utf-8", "surrogatepass")), "uriBaseId": _ROOT}
        if path.startswith("/"):
            place = {"uri": "file://" + quote(path.encode("utf-8", "surrogatepass"))}
        if path in self.artifacts:
            place["index"] = self.artifacts[path]
        return place


def _suppression(finding: Finding) -> dict[str, Any]:
    """A comment in the script is in the source; what stands in files beside it is outside."""
    state = finding.status.state
    return {
        "kind": "inSource" if state == "suppressed" else "external",
        "status": "accepted",
        "justification": finding.status.reason or state,
        "properties": {"state": state},
    }


def _region(start: Position, end: Position) -> dict[str, Any]:
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _around(finding: Finding) -> dict[str, Any] | None:
    """The line, or what is shown of it, where that is more than the finding itself."""
    first = finding.start.column - finding.line_offset
    last = first + len(finding.line_text)
    wider = first < finding.start.column or last > finding.end.column
    if finding.start.line != finding.end.line or last < finding.end.column or first < 1 or not wider:
        return None
    region = _region(Position(finding.start.line, first), Position(finding.start.line, last))
    return {**region, "snippet": {"text": finding.line_text}}


def _after(start: Position, span: Span) -> Position:
    return Position(start.line, start.column + len(span))


def _edited(edit: Edit) -> dict[str, Any]:
    if edit.start is None or edit.end is None:
        return {"charOffset": edit.span.start, "charLength": len(edit.span)}
    return _region(edit.start, edit.end)
