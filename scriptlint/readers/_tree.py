"""Nested data as readers see it: values whose text knows its place, whatever the format."""

from __future__ import annotations

from scriptlint.model.document import ReadError
from scriptlint.model.record import dataclass
from scriptlint.model.span import LineIndex, Span
from scriptlint.readers._prose import Prose


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value. ``is_text`` is False for numbers, true, false and null."""

    prose: Prose
    span: Span
    is_text: bool = True


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Keys with their values, in the order of the file."""

    entries: tuple[tuple[str, Node], ...]


Node = Leaf | Items | Fields


def bad(source: str, offset: int, what: str, hint: str = "") -> ReadError:
    """The error for data that cannot be parsed, with line and column in its words."""
    offset = min(offset, len(source))
    place = LineIndex(source).position(offset)
    return ReadError(f"line {place.line}, column {place.column}: {what}", span=Span(offset, offset), hint=hint)


def plain(node: Node) -> object:
    """The values without their places; single values as text."""
    if isinstance(node, Leaf):
        return node.prose.text
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries}
