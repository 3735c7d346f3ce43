"""A report as plain values, the same for every machine format."""

from __future__ import annotations

from typing import Any

from scriptlint.model.context import CONTEXT_VALUES, Context
from scriptlint.model.finding import SILENT, Clause, Finding, Fix, Problem
from scriptlint.model.report import FileRecord, Report
from scriptlint.reporters import _schema


def of_finding(finding: Finding, lang: str) -> dict[str, Any]:
    """A finding. Offsets count code points of the decoded file, lines and columns count from 1."""
    span = finding.span
    return {
        "path": finding.path,
        "rule": finding.rule,
        "family": finding.family,
        "verdict": str(finding.verdict),
        "level": finding.level.word,
        "status": finding.status.state,
        "reason": finding.status.reason,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "line": finding.start.line,
        "column": finding.start.column,
        "end_line": finding.end.line,
        "end_column": finding.end.column,
        "locator": finding.locator,
        "excerpt": finding.excerpt,
        "message": _said(finding.message, lang),
        "suggestion": _said(finding.suggestion, lang),
        "basis": [of_clause(clause) for clause in finding.basis],
        "related": [
            {
                "start": related.span.start,
                "end": related.span.end,
                "line": related.start.line,
                "column": related.start.column,
                "note": related.note,
            }
            for related in finding.related
        ],
        "fixes": [of_fix(fix, lang) for fix in finding.fixes],
        "evasion": finding.evasion,
        "preview": finding.preview,
        "identity": finding.identity.words,
    }


def of_fix(fix: Fix, lang: str) -> dict[str, Any]:
    """A fix. ``text`` is what to write in place of a span, as the format of the file writes it."""
    return {
        "tier": str(fix.tier),
        "description": _said(fix.description, lang),
        "edits": [{"start": edit.span.start, "end": edit.span.end, "text": edit.text} for edit in fix.edits],
    }


def of_clause(clause: Clause) -> dict[str, str]:
    """A clause; ``verified`` says how its text was checked, as the sources file has it."""
    return {
        "source": clause.source,
        "title": clause.title,
        "number": clause.number,
        "clause": clause.clause,
        "verified": clause.verified,
        "in_force": clause.in_force,
        "text": clause.text(),
    }


def of_problem(problem: Problem) -> dict[str, Any]:
    """Something that could not be checked."""
    position = problem.position
    return {
        "path": problem.path,
        "line": position.line if position else None,
        "column": position.column if position else None,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
    }


def of_file(record: FileRecord) -> dict[str, Any]:
    """A file with the context that was used, and the rules an unknown value kept out."""
    return {
        "path": record.path,
        "state": record.state,
        "format": record.format,
        "encoding": record.encoding,
        "characters": record.characters,
        "segments": record.segments,
        "unread": list(record.unread),
        "context": of_context(record.context),
        "sections": [{"section": section, "context": of_context(facts)} for section, facts in record.sections],
        "not_applied": {key: list(rules) for key, rules in (record.not_applied or {}).items()},
    }


def of_context(context: Context) -> dict[str, Any]:
    """Each context key with its values, who said so and why."""
    return {
        key: {"values": list(fact.values), "origin": fact.origin, "reason": fact.reason}
        for key in CONTEXT_VALUES
        for fact in [context.get(key)]
    }


def of_summary(report: Report) -> dict[str, Any]:
    """Counts of the run, and what is needed to repeat it."""
    states = [record.state for record in report.files]
    levels = [finding.level.word for finding in report.open_findings()]
    return {
        "schema": _schema.VERSION,
        "version": report.version,
        "as_of": report.as_of,
        "fingerprint": report.fingerprint,
        "rules": report.rules,
        "counts": {
            "files": len(states),
            **{state: states.count(state) for state in ("checked", "partial", "empty", "unread")},
            **{level: levels.count(level) for level in ("error", "warning", "info")},
            **{state: sum(finding.status.state == state for finding in report.findings) for state in SILENT},
        },
        "skipped": dict(report.skipped),
    }


def _said(wording: Any, lang: str) -> str:
    return str(wording.get(lang) or wording.get("zh", ""))
