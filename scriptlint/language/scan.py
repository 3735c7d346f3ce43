"""The prefilter: one pass over a folded text that finds every literal of a rule set.

Pure Python on purpose: a set of the first two characters of every literal lets most places through unseen, and
nothing has to be built or loaded at start-up but one dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import add


class Scanner:
    """Finds all occurrences, overlapping ones too, of a fixed set of literals."""

    __slots__ = ("_by_head", "singles")

    def __init__(self, literals: Iterable[str]) -> None:
        by_head: dict[str, list[str]] = {}
        singles: list[str] = []
        for literal in sorted(set(literals)):
            if len(literal) >= 2:
                by_head.setdefault(literal[:2], []).append(literal)
            elif literal:
                singles.append(literal)
        self._by_head = by_head
        self.singles = frozenset(singles)

    def scan(self, text: str) -> Mapping[str, list[int]]:
        """Starts of each literal of two or more characters, in order; single characters are looked up later."""
        by_head = self._by_head
        found: dict[str, list[int]] = {}
        places = [index for index, head in enumerate(map(add, text, text[1:])) if head in by_head]
        for index in places:
            for literal in by_head[text[index : index + 2]]:
                if text.startswith(literal, index) and whole_word(text, index, literal):
                    found.setdefault(literal, []).append(index)
        return found

    @staticmethod
    def find_all(text: str, literal: str) -> list[int]:
        """Starts of one literal, by search."""
        starts: list[int] = []
        index = text.find(literal)
        while index >= 0:
            if whole_word(text, index, literal):
                starts.append(index)
            index = text.find(literal, index + 1)
        return starts


def whole_word(text: str, start: int, literal: str) -> bool:
    """True unless the literal begins or ends inside a longer Latin word or number.

    Scripts that do not space their words have no such ends.
    """
    first, last = literal[0], literal[-1]
    if first.isascii() and first.isalnum() and start > 0 and _continues(text[start - 1], first):
        return False
    end = start + len(literal)
    return not (last.isascii() and last.isalnum() and end < len(text) and _continues(text[end], last))


def _continues(neighbour: str, edge: str) -> bool:
    if not (neighbour.isascii() and neighbour.isalnum()):
        return False
    return neighbour.isdigit() == edge.isdigit()
