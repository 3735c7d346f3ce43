"""The shapes of the files in a pack, as JSON Schema: the loader checks by them and editors complete by them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scriptlint import registry
from scriptlint.model.context import CONTEXT_VALUES
from scriptlint.model.document import Role, Scope
from scriptlint.model.rule import FAMILIES, Verdict

Schema = dict[str, Any]


def one_of(values: Iterable[str]) -> Schema:
    """One of these words, or a list of them."""
    words = [str(value) for value in values]
    return {"anyOf": [{"type": "array", "items": {"enum": words}, "minItems": 1}, {"type": "string", "enum": words}]}


TEXT: Schema = {"type": ["string", "number"], "minLength": 1}
PATTERNS: Schema = {"anyOf": [{"type": "array", "items": TEXT, "minItems": 1}, TEXT]}
WORDING: Schema = {
    "anyOf": [
        {
            "type": "object",
            "properties": {"zh": TEXT, "en": TEXT},
            "required": ["zh"],
            "additionalProperties": False,
        },
        TEXT,
    ]
}
CONTEXT: Schema = {
    "type": "object",
    "properties": {key: one_of(values) for key, values in CONTEXT_VALUES.items()},
    "additionalProperties": False,
}
EXAMPLE: Schema = {
    "anyOf": [
        TEXT,
        {
            "type": "object",
            "properties": {
                "text": TEXT,
                "format": {"type": "string"},
                "note": TEXT,
                **CONTEXT["properties"],
            },
            "required": ["text"],
            "additionalProperties": False,
        },
    ]
}
EXAMPLES: Schema = {"type": "array", "items": EXAMPLE}
SPEAKERS = ("institution", "customer", "third", "any")
DATE: Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}$",
    "description": "a date such as 2026-09-30",
}
ONE_OR_MORE: Schema = {"anyOf": [{"type": "array", "items": TEXT}, TEXT]}

SOURCES: Schema = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": {
                "type": "string",
                "pattern": r"^[A-Z0-9][A-Z0-9-]*$",
                "description": "capitals, digits and dashes",
            },
            "title": TEXT,
            "number": {"type": "string"},
            "issuer": {"type": "string"},
            "in_force": DATE,
            "ends": DATE,
            "status": {"enum": ["in-force", "guidance", "self-regulation", "standard", "draft", "repealed"]},
            "verified": {"enum": ["V1", "V2", "V3"]},
            "url": {
                "type": "string",
                "pattern": "^https?://",
                "description": "an address that begins with http",
            },
            "note": TEXT,
            "clauses": {
                "description": "Clauses that matter to what is said, so that coverage can tell which have no rule.",
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"clause": TEXT, "about": TEXT, "unchecked": TEXT},
                    "required": ["clause", "about"],
                    "additionalProperties": False,
                },
            },
            "unchecked": {**TEXT, "description": "Why no rule rests on this instrument."},
        },
        "required": ["id", "title", "status", "verified"],
        "additionalProperties": False,
    },
}

PACK: Schema = {
    "type": "object",
    "properties": {"version": TEXT, "note": TEXT},
    "required": ["version"],
    "additionalProperties": False,
}

VOCABULARY: Schema = {
    "type": "object",
    "patternProperties": {
        r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": {
            "anyOf": [
                {"type": "array", "items": TEXT, "minItems": 1},
                {
                    "type": "object",
                    "properties": {"say": PATTERNS, "except": ONE_OR_MORE, "note": TEXT},
                    "required": ["say"],
                    "additionalProperties": False,
                },
            ]
        }
    },
    "additionalProperties": False,
}

_CONDITION: Schema = {
    "type": "object",
    "properties": {
        **dict.fromkeys(
            (
                "before", "after", "beyond", "around", "inside", "covers", "gap",
                "heading", "column", "beside", "lead", "previous", "next", "document",
            ),
            PATTERNS,
        ),
        "within": {"enum": ["clause", "sentence", "segment"]},
        "reach": {"type": "integer"},
        "quoted": {"type": "boolean"},
        "question": {"type": "boolean"},
        "starts": {"type": "boolean"},
        "role": one_of(Role),
        "previous-role": one_of(Role),
        "scope": one_of(Scope),
        "context": CONTEXT,
    },
    "additionalProperties": False,
}  # fmt: skip
_CONDITION["properties"]["not"] = {
    "type": "object",
    "properties": dict(_CONDITION["properties"]),
    "additionalProperties": False,
}

GUARDS: Schema = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "properties": {
            "title": WORDING,
            "default": {"type": "boolean"},
            "any": {"type": "array", "items": _CONDITION, "minItems": 1},
            "note": TEXT,
        },
        "required": ["title", "any"],
        "additionalProperties": False,
    },
}

CLUES: Schema = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "key": {"enum": list(CONTEXT_VALUES)},
            "value": {"enum": sorted({value for values in CONTEXT_VALUES.values() for value in values})},
            "say": PATTERNS,
            "heading": PATTERNS,
            "start": PATTERNS,
            "unless": PATTERNS,
            "layout": ONE_OR_MORE,
            "weight": {"type": "integer"},
        },
        "required": ["key", "value"],
        "additionalProperties": False,
    },
}

GLOSSARY: Schema = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "term": TEXT,
            "also": ONE_OR_MORE,
            "plain": TEXT,
            "instead": TEXT,
            "except": ONE_OR_MORE,
            "level": {"enum": ["soft"]},
        },
        "required": ["term", "plain"],
        "additionalProperties": False,
    },
}


def verb_keys() -> dict[str, str]:
    """The keys by which rules name their verb, with the module of each."""
    return {name.replace("_", "-"): name for name in registry.names("scriptlint.verbs")}


def rule_schema(verbs: dict[str, Schema] | None = None) -> Schema:
    """The shape of a rule file. ``verbs`` gives the parameters of each verb; without it they are not checked."""
    keys = verb_keys()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "scriptlint rule",
        "type": "object",
        "properties": {
            "id": {
                "type": "string",
                "pattern": r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
                "description": "lower-case words joined by dashes",
            },
            "title": WORDING,
            "family": {"enum": list(FAMILIES)},
            "verdict": {"enum": [str(verdict) for verdict in Verdict]},
            "status": {"enum": ["preview", "stable", "retired"]},
            "aliases": ONE_OR_MORE,
            "applies": {
                "type": "object",
                "properties": {"only": CONTEXT, "never": CONTEXT},
                "additionalProperties": False,
            },
            "speaker": one_of(SPEAKERS),
            "scope": {"type": "array", "items": {"enum": [str(scope) for scope in Scope]}},
            "unless": ONE_OR_MORE,
            "despite": ONE_OR_MORE,
            "where": ONE_OR_MORE,
            "yields-to": ONE_OR_MORE,
            "hint": {
                "type": "boolean",
                "description": "Too common to mean much alone: counts only in a document with another finding.",
            },
            "locked": {
                "type": "boolean",
                "description": "Cannot be lowered, switched off, suppressed or baselined; only a waiver silences it.",
            },
            "message": WORDING,
            "suggest": WORDING,
            "basis": {
                "anyOf": [
                    {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "properties": {"source": TEXT, "clause": TEXT},
                            "required": ["source"],
                            "additionalProperties": False,
                        },
                    },
                    {"type": "string", "enum": ["practice"]},
                ]
            },
            "examples": {
                "type": "object",
                "properties": dict.fromkeys(("fail", "pass", "known-miss", "known-alarm"), EXAMPLES),
                "required": ["fail", "pass"],
                "additionalProperties": False,
            },
            "note": TEXT,
            **{key: (verbs or {}).get(key, {}) for key in keys},
        },
        "required": ["id", "title", "family", "verdict", "message", "suggest", "basis", "examples"],
        "additionalProperties": False,
    }
