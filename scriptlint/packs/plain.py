"""Records of a rule set as plain data, and back. What is read makes none but the classes named here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

from scriptlint.language.compiler import GlossaryEntry
from scriptlint.language.guards import Condition, Guard
from scriptlint.language.pattern import Concept, Either, Expression, Gap, Literal, Node, Optional, Series
from scriptlint.language.ruleset import Clue
from scriptlint.language.scorer import Scorer
from scriptlint.language.stored import Learn, StoredNodes, decode
from scriptlint.model.document import Role, Scope
from scriptlint.model.lazy import LazySequence
from scriptlint.model.rule import (
    Applies,
    Basis,
    Example,
    Instrument,
    KnownClause,
    Level,
    Pack,
    Rule,
    Text,
    Verdict,
)
from scriptlint.model.span import Span

Classes = tuple[Callable[..., Any], ...]
CLASSES: Classes = (
    Rule, Text, Basis, Applies, Example, Span, Instrument, KnownClause, Pack, Guard, Condition, Clue, GlossaryEntry,
    Scorer, Verdict, Scope, Role, Level,
)  # fmt: skip
LATE = (Example, KnownClause)
"""Of these a list is made when somebody looks into it: a check needs none."""
NODES = (Literal, Concept, Expression, Gap, Optional, Either, Series)
TUPLE, PATTERNS, SET, MAPPING, CHOICE, DAY, LATER, RECORD, WEIGHTS, NODE = range(10)
"""What the first entry of a tuple says of the others. All that is no tuple stands for itself."""


class Thawing:
    """Makes values of plain data. ``at`` gives parts of the file, ``learn`` is told what patterns need."""

    __slots__ = ("_at", "_classes", "_learn")

    def __init__(self, at: Callable[[int], Any], learn: Learn, classes: Classes = CLASSES) -> None:
        self._at = at
        self._learn = learn
        self._classes = classes

    def at(self, offset: int) -> Any:
        """The value in a part of the file."""
        return self.value(self._at(offset))

    def value(self, data: Any) -> Any:
        """The value of plain data. Raises ValueError for what is none."""
        if data.__class__ is not tuple:
            return data
        kind = data[0]
        value = self.value
        if kind == RECORD:
            return self._classes[data[1]](*[value(item) if item.__class__ is tuple else item for item in data[2:]])
        if kind == TUPLE:
            return tuple([value(item) if item.__class__ is tuple else item for item in data[1:]])
        if kind == PATTERNS:
            return StoredNodes(data[1], self._learn)
        if kind == CHOICE:
            return self._classes[data[1]](data[2])
        if kind == SET:
            return frozenset([value(item) for item in data[1:]])
        if kind == MAPPING:
            return {key: value(item) for key, item in data[1].items()}
        if kind == DAY:
            return date.fromisoformat(data[1])
        if kind == LATER:
            return LazySequence(lambda: tuple(map(value, self._at(data[1]))))
        if kind == WEIGHTS:
            return Weights(data[1], self._at)
        if kind == NODE:
            return decode(data[1], self._learn)
        raise ValueError(f"unknown kind of value {kind}")


class Freezing:
    """Makes plain data of values. ``keep`` takes parts that are read later, ``encode`` turns patterns into tuples."""

    def __init__(
        self, keep: Callable[[Any], int], encode: Callable[[Node], tuple[Any, ...]], classes: Classes = CLASSES
    ) -> None:
        self._keep = keep
        self._encode = encode
        self._classes = classes

    def part(self, value: object) -> int:
        """A value kept as a part of its own."""
        return self._keep(self.data(value))

    def data(self, value: Any) -> Any:
        """Plain data for a value. Raises TypeError for what ``Thawing`` could not make again."""
        if value is None or (isinstance(value, str | int | float) and not isinstance(value, Enum)):
            return value
        if isinstance(value, NODES):
            return (NODE, self._encode(value))
        if isinstance(value, Enum):
            return (CHOICE, self._classes.index(type(value)), value.value)
        if type(value) in self._classes:
            names: tuple[str, ...] = value.__match_args__
            return (RECORD, self._classes.index(type(value)), *(self.data(getattr(value, name)) for name in names))
        if isinstance(value, date):
            return (DAY, value.isoformat())
        if isinstance(value, tuple | list):
            return self._listed(value)
        if isinstance(value, frozenset | set):
            return (SET, *sorted(map(self.data, value), key=repr))
        if isinstance(value, Mapping):
            if len(value) > _MANY and all(map(_is_weight, value.values())):
                return (WEIGHTS, Weights.drawers(value, self._keep))
            return (MAPPING, {key: self.data(item) for key, item in value.items()})
        raise TypeError(f"{type(value).__name__} cannot be kept")

    def _listed(self, value: Sequence[Any]) -> Any:
        if value and all(isinstance(item, NODES) for item in value):
            return (PATTERNS, tuple(map(self._encode, value)))
        items = tuple(map(self.data, value))
        if value and isinstance(value[0], LATE):
            return (LATER, self._keep(items))
        return (TUPLE, *items)


_MANY = 200


def _is_weight(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(isinstance(item, int | float) for item in value)
    return isinstance(value, int | float)


class Weights(Mapping[str, Any]):
    """Weights by short names, of which a text looks up a few hundred: those with the same first character together."""

    __slots__ = ("_at", "_drawers", "_open")

    def __init__(self, drawers: Mapping[str, int], at: Callable[[int], Any]) -> None:
        self._drawers = drawers
        self._at = at
        self._open: dict[str, dict[str, Any]] = {}

    @staticmethod
    def drawers(weights: Mapping[str, Any], keep: Callable[[Any], int]) -> dict[str, int]:
        """The same weights, put away by their first characters."""
        drawers: dict[str, dict[str, Any]] = {}
        for name, value in weights.items():
            kept = tuple(value) if isinstance(value, list) else value
            drawers.setdefault(name[:1], {})[name] = kept
        return {name: keep(drawer) for name, drawer in drawers.items()}

    def _drawer(self, name: str) -> dict[str, Any]:
        first = name[:1]
        drawer = self._open.get(first)
        if drawer is None:
            place = self._drawers.get(first)
            drawer = self._open[first] = self._at(place) if place is not None else {}
        return drawer

    def get(self, name: str, default: Any = None) -> Any:
        """The weight of a name."""
        return self._drawer(name).get(name, default)

    def __getitem__(self, name: str) -> Any:
        return self._drawer(name)[name]

    def __iter__(self) -> Iterator[str]:
        for first in self._drawers:
            yield from self._drawer(first)

    def __len__(self) -> int:
        return sum(1 for _ in self)
