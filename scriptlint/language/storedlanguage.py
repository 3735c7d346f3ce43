"""The language of a compiled pack as it lies in the cache: literals, concepts and patterns come out when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import add
from typing import Any

from scriptlint.language.compiler import Compiler, Words
from scriptlint.language.hits import Language, Plan
from scriptlint.language.pattern import Node
from scriptlint.language.ruleset import LiteralIndex
from scriptlint.language.scan import Scanner, whole_word
from scriptlint.language.stored import StoredNodes, decode, decode_ways
from scriptlint.language.vocabulary import Definition, Vocabulary
from scriptlint.model.lazy import LazyMap

At = Callable[[int], Any]
"""Gives a part of the file by its place."""
Numbers = tuple[int, ...]
Record = tuple[Numbers, Numbers]
"""The sets a literal is in, and the rules it can matter to."""


class StoredScanner(Scanner):
    """The scanner of a compiled pack. Of each literal it finds it also knows the record."""

    __slots__ = ("_at", "_drawers", "_heads", "records")

    def __init__(self, drawers: Mapping[str, int], singles: str, at: At) -> None:
        self._at = at
        self._drawers = dict(drawers)
        """By first character where its literals are, until a text has it."""
        self._heads: dict[str, Any] = {}
        """By first two characters: literals, or where they are."""
        self.records: dict[str, Record] = {}
        self.singles = frozenset(singles)

    def scan(self, text: str) -> Mapping[str, list[int]]:
        """As in ``Scanner``."""
        heads, drawers = self._heads, self._drawers
        for char in drawers.keys() & set(text):
            record, inside = self._at(drawers.pop(char))
            if record is not None:
                self.records[char] = record
            heads.update(inside)
        found: dict[str, list[int]] = {}
        for index in [index for index, head in enumerate(map(add, text, text[1:])) if head in heads]:
            head = text[index : index + 2]
            literals = heads[head]
            if literals.__class__ is int:
                literals = self._opened(head, literals)
            for literal in literals:
                if text.startswith(literal, index) and whole_word(text, index, literal):
                    found.setdefault(literal, []).append(index)
        return found

    def _opened(self, head: str, place: int) -> tuple[str, ...]:
        kept = self._at(place)
        for literal, sets, rules in kept:
            self.records[literal] = (sets, rules)
        literals = self._heads[head] = tuple([literal for literal, _, _ in kept])
        return literals


class StoredLanguage(Language):
    """The language of a compiled pack: its patterns carry what they need, its sets of literals have their numbers."""

    __slots__ = ("_at", "_concepts", "_kept", "_records", "_said")

    def __init__(self, concepts: Mapping[str, int], scanner: StoredScanner, sets: int, at: At) -> None:
        super().__init__(Vocabulary.of(LazyMap(concepts, self._definition)), scanner)
        self._first = sets
        self._at = at
        self._concepts = concepts
        self._records = scanner.records
        self._said: dict[str, tuple[Plan, tuple[str, ...]]] = {}
        self._kept: list[Node] = []

    def learn(self, node: Node, needs: Numbers) -> None:
        """Note what a pattern needs. It is kept, since it is known by its identity."""
        self._kept.append(node)
        self._needs[id(node)] = needs

    def _definition(self, name: str) -> Definition:
        ways, harmless = self._at(self._concepts[name])
        return Definition(name, decode_ways(ways, self.learn), harmless)

    def present(self, literals: Iterable[str]) -> set[int]:
        """As in ``Language``; those sets too that became known since the pack was compiled."""
        records = self._records
        literals = list(literals)
        return super().present(literals).union(*[records[literal][0] for literal in literals if literal in records])

    def said(self, concept: str) -> tuple[Plan, tuple[str, ...]]:
        """As in ``Language``, without making a pattern of every word."""
        said = self._said.get(concept)
        if said is None:
            ways, harmless = self._at(self._concepts[concept])
            words = [way for way in ways if way.__class__ is str]
            plan = Plan(
                frozenset([word for word in words if len(word) > 1]),
                tuple(word for word in words if len(word) == 1),
                StoredNodes([way for way in ways if way.__class__ is not str], self.learn),
            )
            said = self._said[concept] = (plan, harmless)
        return said


class StoredIndex(LiteralIndex):
    """The index of a compiled pack, by the records of the literals that its scanner found."""

    __slots__ = ("_names", "_scanner")

    def __init__(self, scanner: StoredScanner, names: Sequence[str], unfiltered: frozenset[str]) -> None:
        self.unfiltered = unfiltered
        self._scanner = scanner
        self._names = names

    def rules(self, found: Iterable[str], text: str) -> set[str]:
        """As in ``LiteralIndex``."""
        records, singles = self._scanner.records, self._scanner.singles
        numbers: set[int] = set()
        for literal in (*found, *singles.intersection(text)):
            numbers.update(records[literal][1])
        names = self._names
        return {names[number] for number in numbers}


class StoredCompiler(Compiler):
    """Gives the patterns of one rule that were compiled before."""

    __slots__ = ("_language", "_patterns")

    def __init__(self, language: StoredLanguage, patterns: Mapping[str, tuple[Any, ...]]) -> None:
        super().__init__(language.vocabulary)
        self._language = language
        self._patterns = patterns

    def pattern(self, words: Words, *, rule: bool = True) -> Node | None:
        """As in ``Compiler``."""
        data = self._patterns.get(words.text)
        return decode(data, self._language.learn) if data is not None else super().pattern(words, rule=rule)

    def patterns(self, many: Iterable[Words], *, rule: bool = True) -> Sequence[Node]:
        """As in ``Compiler``, each made when it can match."""
        listed = list(many)
        data = [self._patterns[words.text] for words in listed if words.text in self._patterns]
        return (
            StoredNodes(data, self._language.learn) if len(data) == len(listed) else super().patterns(listed, rule=rule)
        )

    def literals(self, nodes: Iterable[Node]) -> frozenset[str] | None:  # noqa: ARG002
        """Nothing: the index of the pack has them."""
        return None
