"""Patterns as plain data and back: what a compiled pack keeps of them.

A pattern is made of its data only when it can match, which most are told by the numbers that are kept with it: those
of the sets of literals of each of which one must stand where it matches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from typing import Any, overload

from scriptlint.language.pattern import Concept, Either, Expression, Gap, Literal, Node, Optional, Series

Needs = Callable[[Node], tuple[int, ...]]
Learn = Callable[[Node, tuple[int, ...]], None]

_LITERAL, _CONCEPT, _EXPRESSION, _GAP, _OPTIONAL, _EITHER, _SERIES = range(7)


def encode(node: Node, needs: Needs) -> tuple[Any, ...]:
    """A pattern as tuples, each with its kind first and its needs last."""
    if isinstance(node, Literal):
        return (_LITERAL, node.text, needs(node))
    if isinstance(node, Concept):
        return (_CONCEPT, node.names, node.offset, needs(node))
    if isinstance(node, Expression):
        return (_EXPRESSION, node.source, node.plain, needs(node))
    if isinstance(node, Gap):
        return (_GAP, node.longest, node.clause, ())
    if isinstance(node, Optional):
        return (_OPTIONAL, encode(node.body, needs), ())
    if isinstance(node, Either):
        return (_EITHER, encode_ways(node.ways, needs), needs(node))
    return (_SERIES, tuple(encode(part, needs) for part in node.parts), needs(node))


def encode_ways(ways: Sequence[Node], needs: Needs) -> tuple[Any, ...]:
    """Alternatives; words among them are mere strings, since they are looked up in what the scan found."""
    return tuple(way.text if isinstance(way, Literal) else encode(way, needs) for way in ways)


def decode(data: tuple[Any, ...], learn: Learn) -> Node:
    """A pattern from its tuples; ``learn`` is told the needs of it and of its parts."""
    kind = data[0]
    node: Node
    if kind == _LITERAL:
        node = Literal(data[1])
    elif kind == _CONCEPT:
        node = Concept(data[1], data[2])
    elif kind == _EXPRESSION:
        node = Expression(data[1], data[2])
    elif kind == _GAP:
        return Gap(data[1], data[2])
    elif kind == _OPTIONAL:
        return Optional(decode(data[1], learn))
    elif kind == _EITHER:
        node = Either(decode_ways(data[1], learn))
    else:
        node = Series(tuple(decode(part, learn) for part in data[1]))
    learn(node, data[-1])
    return node


def decode_ways(data: tuple[Any, ...], learn: Learn) -> tuple[Node, ...]:
    """Alternatives from their data."""
    return tuple(Literal(way) if way.__class__ is str else decode(way, learn) for way in data)


class StoredNodes(Sequence[Node]):
    """Patterns of which each is made when it is needed."""

    __slots__ = ("_data", "_learn", "_made")

    def __init__(self, data: Sequence[tuple[Any, ...]], learn: Learn) -> None:
        self._data = data
        self._learn = learn
        self._made: dict[int, Node] = {}

    def possible(self, present: Set[int]) -> Iterator[Node]:
        """Those that can match where literals of these sets stand."""
        for index, data in enumerate(self._data):
            for number in data[-1]:
                if number not in present:
                    break
            else:
                yield self._node(index)

    def _node(self, index: int) -> Node:
        node = self._made.get(index)
        if node is None:
            node = self._made[index] = decode(self._data[index], self._learn)
        return node

    @overload
    def __getitem__(self, index: int) -> Node: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Node]: ...

    def __getitem__(self, index: int | slice) -> Node | Sequence[Node]:
        if isinstance(index, slice):
            return [self._node(number) for number in range(len(self._data))[index]]
        return self._node(range(len(self._data))[index])

    def __iter__(self) -> Iterator[Node]:
        return map(self._node, range(len(self._data)))

    def __len__(self) -> int:
        return len(self._data)
