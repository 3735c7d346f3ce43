"""One run as its JSON report tells it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from scriptlint.model.record import dataclass
from scriptlint.model.report import Report

STANDING = ("open", "baselined", "unchanged")
"""States of findings that stand in the text and nobody excused."""


class HistoryError(Exception):
    """A file that is no JSON report of ours. ``foreign`` is True for sound JSON of somebody else."""

    def __init__(self, message: str, *, foreign: bool = False) -> None:
        super().__init__(message)
        self.foreign = foreign


@dataclass(frozen=True, slots=True)
class Row:
    """One finding as far as time matters. ``message`` is in the language the report was written in."""

    path: str
    rule: str
    family: str
    level: str
    status: str
    words: str
    line: int
    column: int
    message: str

    @property
    def stands(self) -> bool:
        """True when it is in the text and nobody excused it; known before or new does not matter."""
        return self.status in STANDING


@dataclass(frozen=True, slots=True)
class Past:
    """One run. ``files`` has the state of each file, as ``FileRecord`` has it."""

    name: str
    as_of: str
    version: str
    fingerprint: str
    files: Mapping[str, str]
    rows: tuple[Row, ...]


def parse(text: str, name: str) -> Past:
    """Read a JSON report. Raises HistoryError."""
    try:
        data = json.loads(text)
    except ValueError as error:
        place = f" at line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise HistoryError(f"not JSON{place}; write reports with `scriptlint check --format json`") from None
    if not isinstance(data, dict) or data.get("tool") != "scriptlint" or "findings" not in data:
        raise HistoryError("no report of `scriptlint check --format json`", foreign=True)
    try:
        return Past(
            name,
            _text(data["as_of"]),
            _text(data["version"]),
            _text(data["fingerprint"]),
            {_text(record["path"]): _text(record["state"]) for record in data["files"]},
            tuple(_row(finding) for finding in data["findings"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise HistoryError(f"a report that is not whole or of another version: {error!r} is wrong") from None


def of_report(report: Report, name: str) -> Past:
    """The run that just ended."""
    return Past(
        name,
        report.as_of,
        report.version,
        report.fingerprint,
        {record.path: record.state for record in report.files},
        tuple(
            Row(
                finding.path,
                finding.rule,
                finding.family,
                finding.level.word,
                finding.status.state,
                finding.identity.words,
                finding.start.line,
                finding.start.column,
                finding.message.get(report.lang) or finding.message.get("zh", ""),
            )
            for finding in report.findings
        ),
    )


def _row(finding: dict[str, Any]) -> Row:
    return Row(
        path=_text(finding["path"]),
        rule=_text(finding["rule"]),
        family=_text(finding["family"]),
        level=_text(finding["level"]),
        status=_text(finding["status"]),
        words=_text(finding["identity"]),
        line=int(finding["line"]),
        column=int(finding["column"]),
        message=_text(finding["message"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
