"""The shape of the ``json`` report and of a line of ``jsonl``, published so that programs can rely on it.

Fields may be added; none goes away or changes its meaning without a new number in ``VERSION``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scriptlint.model.context import CONTEXT_VALUES
from scriptlint.model.finding import SILENT
from scriptlint.model.rule import Verdict

VERSION = 1
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TEXT = {"type": "string"}
_TRUTH = {"type": "boolean"}
_COUNT = {"type": "integer", "minimum": 0}
_LINE = {"type": "integer", "minimum": 1}
_COUNTS = {"type": "object", "additionalProperties": _COUNT}
_LEVELS = ("error", "warning", "info")


def report_schema() -> dict[str, Any]:
    """The whole ``json`` report."""
    whole = {
        "tool": {"const": "scriptlint"},
        **_summary(),
        "lang": {"enum": ["zh", "en"]},
        "disclaimer": _TEXT,
        "findings": _list({"$ref": "#/$defs/finding"}),
        "problems": _list({"$ref": "#/$defs/problem"}),
        "files": _list({"$ref": "#/$defs/file"}),
    }
    return {
        "$schema": _DIALECT,
        "title": "scriptlint report",
        "description": f"What scriptlint check --format json prints, version {VERSION}.",
        **_object(whole),
        "$defs": _definitions(),
    }


def line_schema() -> dict[str, Any]:
    """One line of a ``jsonl`` report: its ``type`` says which of four it is, and the summary comes last."""
    kinds = {**_definitions(), "summary": _object(_summary())}
    lines = {}
    for kind in ("finding", "problem", "file", "summary"):
        shape = kinds[kind]
        lines[kind] = _object({"type": {"const": kind}, **shape["properties"]}, optional=_optional(shape))
    return {
        "$schema": _DIALECT,
        "title": "a line of a scriptlint report",
        "description": f"What scriptlint check --format jsonl prints, version {VERSION}.",
        "oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in lines],
        "$defs": {**{name: kinds[name] for name in ("context", "clause", "related", "fix")}, **lines},
    }


def _summary() -> dict[str, Any]:
    states = ("files", "checked", "partial", "empty", "unread", *_LEVELS, *SILENT)
    return {
        "schema": {"const": VERSION},
        "version": _described(_TEXT, "of scriptlint"),
        "as_of": _described({"type": "string", "format": "date"}, "the day whose law was applied"),
        "fingerprint": _described(_TEXT, "digest of the rule set"),
        "rules": _described(_COUNT, "how many rules were applied"),
        "counts": _described(
            _object(dict.fromkeys(states, _COUNT)), "files by state, open findings by level, others by status"
        ),
        "skipped": _described(_COUNTS, "files in walked folders that were left out, by suffix"),
    }


def _definitions() -> dict[str, Any]:
    return {
        "finding": _object(
            {
                "path": _TEXT,
                "rule": _described(_TEXT, "full name: pack/rule"),
                "family": _TEXT,
                "verdict": {"enum": [str(verdict) for verdict in Verdict]},
                "level": {"enum": list(_LEVELS)},
                "status": {"enum": ["open", *SILENT]},
                "reason": _described(_TEXT, "why it is not open"),
                "start": _described(_or_null(_COUNT), "code points from the start; null for a whole file"),
                "end": _or_null(_COUNT),
                "line": _LINE,
                "column": _described(_LINE, "code points from 1"),
                "end_line": _LINE,
                "end_column": _LINE,
                "locator": _described(_TEXT, "the place as the format names it: a paragraph, a cell, a time"),
                "excerpt": _described(_TEXT, "the words found, personal data masked"),
                "message": _TEXT,
                "suggestion": _TEXT,
                "basis": _list({"$ref": "#/$defs/clause"}),
                "related": _list({"$ref": "#/$defs/related"}),
                "fixes": _list({"$ref": "#/$defs/fix"}),
                "evasion": _described(_TRUTH, "characters were inserted, hidden or altered in the words"),
                "preview": _TRUTH,
                "identity": _described(_TEXT, "digest of the words: stays when lines move"),
            }
        ),
        "clause": _object(
            {
                "source": _TEXT,
                "title": _TEXT,
                "number": _TEXT,
                "clause": _TEXT,
                "verified": _TEXT,
                "in_force": _TEXT,
                "text": _TEXT,
            }
        ),
        "related": _object({"start": _COUNT, "end": _COUNT, "line": _LINE, "column": _LINE, "note": _TEXT}),
        "fix": _object(
            {
                "tier": {"enum": ["safe", "unsafe"]},
                "description": _TEXT,
                "edits": _list(_object({"start": _COUNT, "end": _COUNT, "text": _TEXT})),
            }
        ),
        "problem": _object(
            {
                "path": _TEXT,
                "line": _or_null(_LINE),
                "column": _or_null(_LINE),
                "severity": {"enum": ["unread", "usage", "note"]},
                "message": _TEXT,
                "hint": _TEXT,
            }
        ),
        "file": _object(
            {
                "path": _TEXT,
                "state": {"enum": ["checked", "partial", "empty", "unread"]},
                "format": _TEXT,
                "encoding": _TEXT,
                "characters": _COUNT,
                "segments": _COUNT,
                "unread": _described(_list(_TEXT), "what the file holds and nobody read"),
                "context": {"$ref": "#/$defs/context"},
                "sections": _list(_object({"section": _TEXT, "context": {"$ref": "#/$defs/context"}})),
                "not_applied": _described(
                    {"type": "object", "additionalProperties": _list(_TEXT)},
                    "rules that an unknown value of the context kept out, by key",
                ),
            }
        ),
        "context": _object(
            {
                key: _object({"values": _list({"enum": list(values)}), "origin": _TEXT, "reason": _TEXT})
                for key, values in CONTEXT_VALUES.items()
            }
        ),
    }


def _object(properties: Mapping[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """An object in which every key is there. Further keys are allowed: a later version may have more."""
    needed = [key for key in properties if key not in optional]
    return {"type": "object", "properties": dict(properties), "required": needed}


def _optional(shape: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(key for key in shape["properties"] if key not in shape["required"])


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(items)}


def _or_null(shape: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [dict(shape), {"type": "null"}]}


def _described(shape: Mapping[str, Any], text: str) -> dict[str, Any]:
    return {**shape, "description": text}
