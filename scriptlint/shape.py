"""Checks a YAML tree against a JSON Schema and reports every mistake at its place.

Only the words of JSON Schema that our own files need are understood: type, enum, const, pattern, properties,
patternProperties, required, additionalProperties, items, minItems, minLength, anyOf. The same schema goes to
editors, so loader and editor agree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingABC
from typing import Any

from scriptlint.yamltree import Mapping, Node, Scalar, Sequence

Schema = MappingABC[str, Any]

_NAMES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}


def check(node: Node, schema: Schema, what: str = "") -> list[tuple[int, str]]:
    """Every mistake as (offset, message), in order of place. ``what`` names the value in messages."""
    errors: list[tuple[int, str]] = []
    _check(node, schema, what, errors)
    return sorted(errors)


def _check(node: Node, schema: Schema, what: str, errors: list[tuple[int, str]]) -> None:
    name = what or "this"
    if "anyOf" in schema:
        _check_any(node, schema, what, errors)
        return
    types = schema.get("type")
    if types is not None:
        wanted = [types] if isinstance(types, str) else list(types)
        if _type(node) not in wanted and not ("number" in wanted and _type(node) == "integer"):
            errors.append(
                (
                    node.span.start,
                    f"{name} must be {' or '.join(_NAMES[t] for t in wanted)}, not {_show(node)}",
                )
            )
            return
    if isinstance(node, Scalar):
        _check_scalar(node, schema, name, errors)
    elif isinstance(node, Sequence):
        if len(node.items) < schema.get("minItems", 0):
            errors.append(
                (
                    node.span.start,
                    f"{name} needs at least {schema['minItems']} entries, not {len(node.items)}",
                )
            )
        if "items" in schema:
            for item in node.items:
                _check(item, schema["items"], f"an entry of {name}" if what else "an entry", errors)
    else:
        _check_mapping(node, schema, what, errors)


def _check_scalar(node: Scalar, schema: Schema, name: str, errors: list[tuple[int, str]]) -> None:
    if "const" in schema and node.value != schema["const"]:
        errors.append((node.span.start, f"{name} must be {schema['const']}, not {_show(node)}"))
    if "enum" in schema and node.value not in schema["enum"]:
        choices = [str(choice) for choice in schema["enum"]]
        listed = ", ".join(choices[:-1]) + " or " + choices[-1] if len(choices) > 1 else choices[0]
        errors.append((node.span.start, f"{name} must be {listed}, not {_show(node)}{_near(node.text, choices)}"))
    if "pattern" in schema and not re.search(schema["pattern"], node.text):
        hint = schema.get("description", f"matching {schema['pattern']}")
        errors.append((node.span.start, f"{name} must be {hint}, not {_show(node)}"))
    if len(node.text) < schema.get("minLength", 0):
        errors.append((node.span.start, f"{name} must not be empty"))


def _check_mapping(node: Mapping, schema: Schema, what: str, errors: list[tuple[int, str]]) -> None:
    properties: Schema = schema.get("properties", {})
    patterns: Schema = schema.get("patternProperties", {})
    extra = schema.get("additionalProperties", True)
    for key, value in node.entries:
        if key.text in properties:
            _check(value, properties[key.text], key.text, errors)
            continue
        matched = [sub for pattern, sub in patterns.items() if re.search(pattern, key.text)]
        if matched:
            _check(value, matched[0], key.text, errors)
        elif extra is False:
            place = f" in {what}" if what else ""
            errors.append((key.span.start, f'unknown key "{key.text}"{place}{_near(key.text, list(properties))}'))
        elif isinstance(extra, MappingABC):
            _check(value, extra, key.text, errors)
    present = {key.text for key, _ in node.entries}
    place = f" in {what}" if what else ""
    errors.extend(
        (node.span.start, f'the key "{needed}" is missing{place}')
        for needed in schema.get("required", ())
        if needed not in present
    )


def _check_any(node: Node, schema: Schema, what: str, errors: list[tuple[int, str]]) -> None:
    attempts: list[list[tuple[int, str]]] = []
    fitting: list[list[tuple[int, str]]] = []
    for option in schema["anyOf"]:
        mine: list[tuple[int, str]] = []
        _check(node, option, what, mine)
        if not mine:
            return
        attempts.append(mine)
        if option.get("type") == _type(node):
            fitting.append(mine)
    # The option of the right type tells what is wrong inside; if none is, say what would fit.
    if fitting:
        errors.extend(fitting[0])
        return
    wanted = " or ".join(
        dict.fromkeys(_NAMES.get(str(option.get("type")), "something else") for option in schema["anyOf"])
    )
    errors.append((node.span.start, f"{what or 'this'} must be {wanted}, not {_show(node)}"))


def _type(node: Node) -> str:
    if isinstance(node, Sequence):
        return "array"
    if isinstance(node, Mapping):
        return "object"
    value = node.value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    return "number" if isinstance(value, float) else "string"


def _show(node: Node) -> str:
    if isinstance(node, Scalar):
        if node.value is None:
            return "nothing"
        text = node.text if len(node.text) <= 40 else node.text[:37] + "..."
        return f'"{text}"'
    return _NAMES[_type(node)]


def _near(word: str, known: list[str]) -> str:
    import difflib

    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f'; did you mean "{close[0]}"?' if close else ""
