"""Records of a rule set as plain data, and back. What is read makes none but the classes named here."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Mapping
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

CLASSES: tuple[Callable[..., Any], ...] = (
    Rule, Text, Basis, Applies, Example, Span, Instrument, KnownClause, Pack, Guard, Condition, Clue, GlossaryEntry,
    Scorer, Verdict, Scope, Role, Level,
)  # fmt: skip
LATE = (Example, KnownClause)
"""Of these a list is made when somebody looks into it: a check needs none."""
NODES = (Literal, Concept, Expression, Gap, Optional, Either, Series)
TUPLE, PATTERNS, SET, MAPPING, CHOICE, DAY, LATER, RECORD, WEIGHTS, NODE = range(10)
"""What the first entry of a tuple says of the others. All that is no tuple stands for itself."""


def thaw(data: Any, learn: Learn) -> Any:
    """A value from plain data. ``learn`` is told what patterns need."""
    if data.__class__ is not tuple:
        return data
    kind = data[0]
    if kind == RECORD:
        return CLASSES[data[1]](*[thaw(value, learn) if value.__class__ is tuple else value for value in data[2:]])
    if kind == TUPLE:
        return tuple([thaw(value, learn) if value.__class__ is tuple else value for value in data[1:]])
    if kind == PATTERNS:
        return StoredNodes(data[1], learn)
    if kind == CHOICE:
        return CLASSES[data[1]](data[2])
    if kind == SET:
        return frozenset([thaw(value, learn) for value in data[1:]])
    if kind == MAPPING:
        return {key: thaw(value, learn) for key, value in data[1].items()}
    if kind == DAY:
        return date.fromisoformat(data[1])
    if kind == LATER:
        return LazySequence(lambda: tuple(thaw(value, learn) for value in marshal.loads(data[1])))
    if kind == WEIGHTS:
        return Weights(data[1])
    if kind == NODE:
        return decode(data[1], learn)
    raise ValueError(f"unknown kind of value {kind}")


def freeze(value: Any, encode: Callable[[Node], tuple[Any, ...]]) -> Any:
    """Plain data for a value. Raises TypeError for what ``thaw`` could not make again."""
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, Enum)):
        return value
    if isinstance(value, NODES):
        return (NODE, encode(value))
    if isinstance(value, Enum):
        return (CHOICE, CLASSES.index(type(value)), value.value)
    if isinstance(value, date):
        return (DAY, value.isoformat())
    if isinstance(value, tuple | list):
        if value and all(isinstance(item, NODES) for item in value):
            return (PATTERNS, tuple(map(encode, value)))
        items = tuple(freeze(item, encode) for item in value)
        if value and isinstance(value[0], LATE):
            return (LATER, marshal.dumps(items))
        return (TUPLE, *items)
    if isinstance(value, frozenset | set):
        return (SET, *sorted((freeze(item, encode) for item in value), key=repr))
    if isinstance(value, Mapping):
        if len(value) > Weights.WORTH and all(map(_is_weight, value.values())):
            return (WEIGHTS, Weights.frozen(value))
        return (MAPPING, {key: freeze(item, encode) for key, item in value.items()})
    if type(value) not in CLASSES:
        raise TypeError(f"{type(value).__name__} cannot be kept")
    names: tuple[str, ...] = value.__match_args__
    return (RECORD, CLASSES.index(type(value)), *(freeze(getattr(value, name), encode) for name in names))


def _is_weight(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(isinstance(item, int | float) for item in value)
    return isinstance(value, int | float)


class Weights(Mapping[str, Any]):
    """Weights by short names, of which a text looks up a few hundred: those with the same first character together."""

    WORTH = 200
    __slots__ = ("_drawers", "_open")

    def __init__(self, drawers: Mapping[str, bytes]) -> None:
        self._drawers = drawers
        self._open: dict[str, dict[str, Any]] = {}

    @staticmethod
    def frozen(weights: Mapping[str, Any]) -> dict[str, bytes]:
        """The same weights in drawers."""
        drawers: dict[str, dict[str, Any]] = {}
        for name, value in weights.items():
            kept = tuple(value) if isinstance(value, list) else value
            drawers.setdefault(name[:1], {})[name] = kept
        return {name: marshal.dumps(drawer) for name, drawer in drawers.items()}

    def _drawer(self, name: str) -> dict[str, Any]:
        first = name[:1]
        drawer = self._open.get(first)
        if drawer is None:
            data = self._drawers.get(first)
            drawer = self._open[first] = marshal.loads(data) if data is not None else {}
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
