"""A set of rules ready to run: rules, their matchers, the guards and the language they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from scriptlint.language.guards import Guard
from scriptlint.language.hits import Language
from scriptlint.language.matching import Matcher
from scriptlint.language.pattern import Node
from scriptlint.model.finding import Clause, Problem
from scriptlint.model.record import dataclass, field, replace
from scriptlint.model.rule import Instrument, Pack, Rule


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason to take a text for something: words, where they stand, what the layout must be."""

    key: str
    value: str
    say: tuple[Node, ...]
    heading: tuple[Node, ...]
    start: tuple[Node, ...]
    """Patterns that count in the first segments only: a title, a salutation."""
    unless: tuple[Node, ...]
    """Said in the same clause, these take the clue away: a comparison names a product that is not sold."""
    layout: tuple[str, ...]
    weight: int


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
    fingerprint: str
    problems: tuple[Problem, ...] = ()
    all_rules: Mapping[str, Rule] = field(default_factory=dict)
    """Every rule that was loaded, selected or not."""
    masking: tuple[str, ...] = ()
    """Rules that find personal data; they run even when not selected, so that no output can leak it."""
    packs: tuple[Pack, ...] = ()
    inactive: Mapping[str, str] = field(default_factory=dict)
    """Rules left out because nothing they rest on is in force on the day, with the reason."""

    def only(self, ids: Iterable[str]) -> RuleSet:
        """The same set with fewer rules."""
        wanted = set(ids)
        return replace(self, rules={name: rule for name, rule in self.rules.items() if name in wanted})

    def clauses(self, rule: Rule) -> tuple[Clause, ...]:
        """The clauses a rule rests on, as they are printed."""
        known = self.instruments
        return tuple(Clause.of(known[basis.source], basis) for basis in rule.basis if basis.source in known)

    @cached_property
    def default_guards(self) -> tuple[str, ...]:
        """Names of the guards that every guarded verb has."""
        return tuple(name for name, guard in self.guards.items() if guard.default)

    @cached_property
    def by_literal(self) -> Mapping[str, tuple[str, ...]]:
        """For each prefilter literal, the rules it can matter to."""
        index: dict[str, list[str]] = {}
        for name in self.running:
            for literal in self.matchers[name].literals or ():
                index.setdefault(literal, []).append(name)
        return {literal: tuple(names) for literal, names in index.items()}

    @cached_property
    def single_characters(self) -> tuple[str, ...]:
        """Prefilter literals of one character, which the scan does not report."""
        return tuple(sorted(literal for literal in self.by_literal if len(literal) == 1))

    @cached_property
    def unfiltered(self) -> tuple[str, ...]:
        """Rules without prefilter literals."""
        return tuple(name for name in self.running if self.matchers[name].literals is None)

    @cached_property
    def running(self) -> tuple[str, ...]:
        """Rules that run: the selected ones and the ones that find personal data."""
        return tuple(sorted({*self.rules, *(name for name in self.masking if name in self.matchers)}))
