"""The vocabulary of a pack, compiled: concepts, and the literals that any use of them must contain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scriptlint.language.expressions import look
from scriptlint.language.pattern import Concept, Either, Expression, Literal, Node, Optional, Series
from scriptlint.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Definition:
    """One concept: the ways it is said, and the longer harmless words it may stand in."""

    name: str
    ways: tuple[Node, ...]
    harmless: tuple[str, ...] = ()


class Vocabulary:
    """Every concept of a rule set. Immutable once built; unknown names raise KeyError."""

    def __init__(self, definitions: Iterable[Definition]) -> None:
        self._definitions: Mapping[str, Definition] = {item.name: item for item in definitions}
        self._required: dict[str, frozenset[str] | None] = {}

    @classmethod
    def of(cls, definitions: Mapping[str, Definition]) -> Vocabulary:
        """A vocabulary over concepts by name, which may be made when they are asked for."""
        words = cls(())
        words._definitions = definitions
        return words

    def __contains__(self, name: str) -> bool:
        return name in self._definitions

    def __getitem__(self, name: str) -> Definition:
        return self._definitions[name]

    @property
    def names(self) -> tuple[str, ...]:
        """All concept names, sorted."""
        return tuple(sorted(self._definitions))

    def cycle(self) -> tuple[str, ...]:
        """A chain of concepts that lead back to themselves, or empty."""
        done: set[str] = set()

        def visit(name: str, path: tuple[str, ...]) -> tuple[str, ...]:
            if name in path:
                return (*path[path.index(name) :], name)
            if name in done or name not in self._definitions:
                return ()
            for way in self._definitions[name].ways:
                for used in concepts_in(way):
                    if found := visit(used, (*path, name)):
                        return found
            done.add(name)
            return ()

        for name in self._definitions:
            if found := visit(name, ()):
                return found
        return ()

    def required(self, node: Node) -> frozenset[str] | None:
        """Literals of which any match of ``node`` must contain one; None when there is no such set."""
        if isinstance(node, Literal):
            return frozenset((node.text,))
        if isinstance(node, Concept):
            return _union(self._concept_required(name) for name in node.names)
        if isinstance(node, Either):
            return _union(self.required(way) for way in node.ways)
        if isinstance(node, Series):
            sets = [found for part in node.parts if (found := self.required(part)) is not None]
            return min(sets, key=_cost) if sets else None
        if isinstance(node, Expression):
            return look(node.source).characters
        return None  # a gap, an optional part

    def _concept_required(self, name: str) -> frozenset[str] | None:
        if name not in self._required:
            self._required[name] = None  # guards against a cycle, which is reported elsewhere
            self._required[name] = _union(self.required(way) for way in self._definitions[name].ways)
        return self._required[name]

    def literals(self, nodes: Iterable[Node]) -> set[str]:
        """Every literal that matching these nodes may look up, including harmless words."""
        found: set[str] = set()
        seen: set[str] = set()
        stack = list(nodes)
        while stack:
            node = stack.pop()
            if isinstance(node, Literal):
                found.add(node.text)
            elif isinstance(node, Concept):
                for name in node.names:
                    if name not in seen:
                        seen.add(name)
                        stack.extend(self._definitions[name].ways)
                        found.update(self._definitions[name].harmless)
            else:
                stack.extend(children(node))
        return found


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside a node."""
    if isinstance(node, Series):
        return node.parts
    if isinstance(node, Either):
        return node.ways
    if isinstance(node, Optional):
        return (node.body,)
    return ()


def concepts_in(node: Node) -> Sequence[str]:
    """Names of the concepts a node uses directly."""
    if isinstance(node, Literal):
        return ()
    names: list[str] = []
    stack: list[Node] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, Concept):
            names.extend(item.names)
        stack.extend(children(item))
    return names


def expressions_in(node: Node) -> Iterable[str]:
    """Regular expressions a node uses directly."""
    stack = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, Expression):
            yield item.source
        stack.extend(children(item))


def _cost(literals: frozenset[str]) -> tuple[int, int]:
    """How often the prefilter would pass: single characters are everywhere, so they come last."""
    return (sum(1 for literal in literals if len(literal) == 1), len(literals))


def _union(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    result: set[str] = set()
    for item in sets:
        if item is None:
            return None
        result |= item
    return frozenset(result)
