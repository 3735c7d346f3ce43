"""What a regular expression needs, and whether it can get lost: read from the tree that Python's own parser makes.

The parser is no public part of Python. Where it is missing or says no, nothing is known of an expression: then it is
looked for in every text, by the library that can be stopped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from math import prod
from typing import Any, NamedTuple

_MOST_WAYS = 20_000
"""Ways to go on from one place that are still tried in no time, whatever the text."""
_MOST_CHARACTERS = 64


class Look(NamedTuple):
    """``characters``: any match has one of them; None when nobody knows. ``plain``: matching takes little time on any
    text, so that no limit is needed."""

    characters: frozenset[str] | None
    plain: bool


@cache
def look(source: str) -> Look:
    """Look into an expression."""
    # In sets of sets the two libraries may come to differ.
    if re.search(r"(?<!\\)\[\[|--|&&|\|\||~~|\(\?[a-z]", source):
        return Look(None, False)
    try:
        from re import _parser  # type: ignore[attr-defined]

        tree = _parser.parse(source)
    except (ImportError, re.error, RecursionError, OverflowError):
        return Look(None, False)
    if tree.state.flags & (re.IGNORECASE | re.VERBOSE):
        return Look(None, False)
    try:
        return Look(_needed(tree), _ways(tree) <= _MOST_WAYS)
    except ValueError:
        return Look(None, False)


def _needed(tree: Iterable[Any]) -> frozenset[str] | None:
    """The smallest set of characters of which every match of a sequence has one."""
    found = [needed for name, value in tree if (needed := _needed_by(str(name), value)) is not None]
    return min(found, key=len) if found else None


def _needed_by(name: str, value: Any) -> frozenset[str] | None:
    if name == "LITERAL":
        return frozenset(chr(value))
    if name == "IN":
        return _members(value)
    if name == "BRANCH":
        ways = [_needed(way) for way in value[1]]
        return frozenset().union(*[way for way in ways if way is not None]) if None not in ways else None
    if name == "SUBPATTERN":
        return _needed(value[3])
    if name == "ATOMIC_GROUP":
        return _needed(value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] >= 1:
        return _needed(value[2])
    return None


def _members(value: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    members: set[str] = set()
    for name, item in value:
        if str(name) == "LITERAL":
            members.add(chr(item))
        elif str(name) == "RANGE" and item[1] - item[0] < _MOST_CHARACTERS:
            members.update(map(chr, range(item[0], item[1] + 1)))
        else:
            return None
    return frozenset(members) if len(members) <= _MOST_CHARACTERS else None


def _ways(tree: Iterable[Any]) -> int:
    """In how many ways a sequence can be tried from one place, at most. Raises ValueError for what is not counted."""
    return prod(min(_ways_of(str(name), value), _MOST_WAYS + 1) for name, value in tree)


def _ways_of(name: str, value: Any) -> int:
    if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN", "AT"):
        return 1
    if name == "BRANCH":
        return _ways_of_choice(value[1])
    if name == "SUBPATTERN":
        return _ways(value[3])
    if name == "ATOMIC_GROUP":
        return _ways(value)
    if name in ("ASSERT", "ASSERT_NOT"):
        direction, body = value
        least, most = body.getwidth()
        if direction < 0 and least != most:
            raise ValueError("a look behind of no fixed width")
        return _ways(body)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, body = value
        inside = _ways(body)
        if inside == 1:
            return int(most) - int(least) + 1
        total = 0
        for count in range(int(least), int(most) + 1):
            total += inside**count
            if total > _MOST_WAYS:
                break
        return total
    raise ValueError(f"{name} is not counted")


def _ways_of_choice(ways: Iterable[Any]) -> int:
    """Of alternatives that begin with different characters a place has one at most."""
    by_first: dict[int, int] = {}
    anywhere = 0
    for way in ways:
        name, first = way[0] if len(way) else ("", 0)
        if str(name) == "LITERAL":
            by_first[first] = by_first.get(first, 0) + _ways(way)
        else:
            anywhere += _ways(way)
    return max(by_first.values(), default=0) + anywhere
