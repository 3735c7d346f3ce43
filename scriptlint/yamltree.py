"""YAML (and so JSON) in which every value knows its span.

Values resolve as YAML 1.2 has them: ``no`` is a word, ``010`` and ``2024-01-01`` are words. Duplicate keys,
aliases and several documents where one is expected are errors, all reported at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.model.span import Span

if TYPE_CHECKING:  # imported when something is read, which a check with compiled packs and no settings does not
    import yaml

_MEANT = (*"-0123456789ntf~", "")
"""How a plain scalar begins that may be something else than its text."""
_NULL = lazy_re(r"^(?:null|~|)$")
_BOOL = lazy_re(r"^(?:true|false)$")
_INT = lazy_re(r"^-?(?:0|[1-9][0-9]*)$")
_FLOAT = lazy_re(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$")


class TreeError(Exception):
    """YAML that cannot be used. ``errors`` holds (offset, message) pairs, in order of place."""

    def __init__(self, errors: list[tuple[int, str]]) -> None:
        super().__init__("; ".join(message for _, message in errors))
        self.errors = sorted(errors)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value. ``text`` is the decoded string, ``value`` what it means, ``style`` its quoting."""

    text: str
    value: str | int | float | bool | None
    span: Span
    style: str | None


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, key: str) -> Node | None:
        """The node of a key, or None."""
        for name, node in self.entries:
            if name.text == key:
                return node
        return None

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its place."""
        for name, _ in self.entries:
            if name.text == key:
                return name
        return None


Node = Scalar | Sequence | Mapping


def parse(text: str, *, aliases: bool = False) -> Node:
    """Read one YAML document. Raises TreeError. An empty text gives a null scalar."""
    nodes = list(parse_all(text, aliases=aliases))
    if len(nodes) > 1:
        raise TreeError([(nodes[1].span.start, "one document expected, found another")])
    return nodes[0] if nodes else Scalar("", None, Span(0, 0), None)


def parse_all(text: str, *, aliases: bool = True) -> Iterator[Node]:
    """Read every document of a YAML stream. Raises TreeError at the first that is broken.

    Aliases are expanded where allowed, at most a hundred thousand nodes in all, so that a small file cannot
    grow without bound; a node that contains itself is an error.
    """
    import yaml

    loader = _loader()(text)
    try:
        while True:
            try:
                if not loader.check_node():
                    return
                node = cast("yaml.Node", loader.get_node())
            except yaml.MarkedYAMLError as error:
                mark = error.problem_mark or error.context_mark
                message = error.problem or "cannot read this YAML"
                raise TreeError([(mark.index if mark else 0, _plain(message))]) from None
            except (yaml.YAMLError, ValueError) as error:
                position = getattr(error, "position", 0)
                raise TreeError([(position, f"cannot read this YAML: {_first_line(error)}")]) from None
            builder = _Builder(aliases=aliases, anchors="&" in text)
            tree = builder.build(node)
            if builder.errors:
                raise TreeError(builder.errors)
            yield tree
    finally:
        loader.dispose()


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _plain(message: str) -> str:
    return message.replace("could not find expected ':'", "a ':' is missing after this key")


@cache
def _loader() -> Any:
    import yaml

    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc, valid-type]
        """Finds no tags: what a value means is for ``_resolve`` to say, and asking yaml costs as much as reading."""

        def resolve(self, kind: Any, value: Any, implicit: Any) -> str:  # noqa: ARG002
            return ""

        def descend_resolver(self, node: Any, index: Any) -> None:
            """Nothing depends on the path."""

        def ascend_resolver(self) -> None:
            """Nothing depends on the path."""

    return Loader


class _Builder:
    LIMIT = 100_000

    def __init__(self, *, aliases: bool, anchors: bool) -> None:
        self.errors: list[tuple[int, str]] = []
        self._anchors = anchors
        """False where no node can come twice."""
        self._aliases = aliases
        self._seen: set[int] = set()
        self._open: set[int] = set()
        self._count = 0

    def build(self, node: yaml.Node) -> Node:
        start, end = node.start_mark.index, node.end_mark.index
        span = Span(start, end if end > start else start)
        self._count += 1
        if self._count > self.LIMIT:
            if self._count == self.LIMIT + 1:
                self.errors.append((span.start, f"more than {self.LIMIT} values after expanding aliases"))
            return Scalar("", None, span, None)
        if self._anchors:
            if id(node) in self._open:
                self.errors.append((span.start, "this value contains itself"))
                return Scalar("", None, span, None)
            if id(node) in self._seen and not self._aliases:
                self.errors.append((span.start, "aliases are not allowed here"))
                return Scalar("", None, span, None)
            self._seen.add(id(node))
        kind = node.id  # type: ignore[attr-defined]
        if kind == "scalar":
            scalar = cast("yaml.ScalarNode", node)
            return Scalar(scalar.value, _resolve(scalar), span, scalar.style)
        self._open.add(id(node))
        try:
            if kind == "sequence":
                return Sequence(tuple(self.build(item) for item in node.value), span)
            return self._mapping(cast("yaml.MappingNode", node), span)
        finally:
            self._open.discard(id(node))

    def _mapping(self, node: yaml.MappingNode, span: Span) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = self.build(key_node)
            if not isinstance(key, Scalar):
                self.errors.append((key.span.start, "a key must be a single value"))
                continue
            if key.text in first:
                line = first[key.text]
                self.errors.append((key.span.start, f'duplicate key "{key.text}" (first at line {line})'))
            else:
                first[key.text] = key_node.start_mark.line + 1
            entries.append((key, self.build(value_node)))
        return Mapping(tuple(entries), span)


def _resolve(node: yaml.ScalarNode) -> str | int | float | bool | None:
    text: str = node.value
    if node.style:  # quoted or block: always a string
        return text
    if text[:1] not in _MEANT:
        return text
    if _NULL.match(text):
        return None
    if _BOOL.match(text):
        return text == "true"
    if _INT.match(text):
        return int(text) if len(text) < 400 else text
    if _FLOAT.match(text):
        return float(text)
    return text


def plain(node: Node) -> object:
    """The node as ordinary Python values."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}
