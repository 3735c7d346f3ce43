"""A set of rules ready to run: rules, their matchers, the guards and the language they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from scriptlint.language.guards import Guard
from scriptlint.language.hits import Language
from scriptlint.language.matching import Matcher
from scriptlint.language.pattern import Node
from scriptlint.model.finding import Clause, Problem
from scriptlint.model.lazy import LazyMap
from scriptlint.model.record import dataclass, field, replace
from scriptlint.model.rule import Instrument, Pack, Rule


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason to take a text for something: words, where they stand, what the layout must be."""

    key: str
    value: str
    say: Sequence[Node]
    heading: Sequence[Node]
    start: Sequence[Node]
    """Patterns that count in the first segments only: a title, a salutation."""
    unless: Sequence[Node]
    """Said in the same clause, these take the clue away: a comparison names a product that is not sold."""
    layout: tuple[str, ...]
    weight: int


class LiteralIndex:
    """For every text the rules that can matter to it, by the literals that stand there."""

    __slots__ = ("by_literal", "unfiltered")

    def __init__(self, literals: Mapping[str, frozenset[str] | None]) -> None:
        self.unfiltered = frozenset(name for name, needed in literals.items() if needed is None)
        """Rules that look at every text."""
        self.by_literal: dict[str, list[str]] = {}
        for name, needed in literals.items():
            for literal in needed or ():
                self.by_literal.setdefault(literal, []).append(name)

    def rules(self, found: Iterable[str], text: str) -> set[str]:
        """Those whose literals the scan found in a text or, where they are of one character, that stand in it."""
        known = self.by_literal
        return set().union(*[known[literal] for literal in (*found, *set(text)) if literal in known])


@dataclass(frozen=True)
class RuleSet:
    """Rules with everything needed to apply them. Selecting makes a smaller set over the same language."""

    rules: Mapping[str, Rule]
    """By full name, sorted."""
    matchers: Mapping[str, Matcher]
    guards: Mapping[str, Guard]
    instruments: Mapping[str, Instrument]
    clues: tuple[Clue, ...]
    language: Language
    index: LiteralIndex
    fingerprint: str
    problems: tuple[Problem, ...] = ()
    all_rules: Mapping[str, Rule] = field(default_factory=dict)
    """Every rule that was loaded, selected or not."""
    masking: tuple[str, ...] = ()
    """Rules that find personal data; they run even when not selected, so that no output can leak it."""
    packs: tuple[Pack, ...] = ()
    inactive: Mapping[str, str] = field(default_factory=dict)
    """Rules left out because nothing they rest on is in force on the day, with the reason."""
    locked: frozenset[str] = frozenset()
    """All rules that nothing but a waiver silences."""
    default_guards: tuple[str, ...] = ()
    """Names of the guards that every guarded verb has."""

    def only(self, ids: Iterable[str]) -> RuleSet:
        """The same set with fewer rules."""
        wanted = set(ids)
        return replace(self, rules=LazyMap((name for name in self.rules if name in wanted), self.rules.__getitem__))

    def clauses(self, rule: Rule) -> tuple[Clause, ...]:
        """The clauses a rule rests on, as they are printed."""
        known = self.instruments
        return tuple(Clause.of(known[basis.source], basis) for basis in rule.basis if basis.source in known)

    @cached_property
    def running(self) -> frozenset[str]:
        """Rules that run: the selected ones and the ones that find personal data."""
        return frozenset((*self.rules, *(name for name in self.masking if name in self.matchers)))
