"""Rules tested by their own examples: what a rule should find and does not, and what it should leave alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from scriptlint import context, engine, readers
from scriptlint.language.ruleset import RuleSet
from scriptlint.model.context import Context, Fact
from scriptlint.model.document import ReadError
from scriptlint.model.record import dataclass
from scriptlint.model.rule import Example, Rule
from scriptlint.model.span import Span

ENOUGH = 2
"""Failing and passing examples a rule should have, each."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one example.

    ``state`` is ``ok``, ``missing`` (words marked in a failing example are not found exactly), ``noisy`` (a
    passing example has findings), ``closed`` (a known gap is none any more) or ``unread``.
    """

    rule: str
    path: str
    example: Example
    state: str
    found: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why words that matched were not reported: the guard, speaker or context that cleared them."""


@dataclass(frozen=True, slots=True)
class Thin:
    """A rule with few examples."""

    rule: str
    path: str
    failing: int
    passing: int


def run(ruleset: RuleSet, names: Iterable[str]) -> tuple[Outcome, ...]:
    """Try every example of these rules (full names), each rule by itself."""
    return tuple(
        try_example(ruleset, ruleset.rules[name], example)
        for name in names
        if name in ruleset.rules
        for example in ruleset.rules[name].examples
    )


def try_example(ruleset: RuleSet, rule: Rule, example: Example) -> Outcome:
    """Check one example of a rule."""
    try:
        document = readers.read("example", example.text.encode(), readers.ReadOptions(format=example.format))
    except ReadError as error:
        return Outcome(rule.id, rule.path, example, "unread", (), (error.message,))
    given = Context({key: Fact(values, "flag") for key, values in example.context.items()})
    alone = ruleset.only([rule.id])
    result = engine.lint(document, alone, context.infer(document, alone, given))
    found = tuple(sorted(finding.span for finding in result.findings if finding.rule == rule.id and finding.span))
    reasons = tuple(
        f"{entry.outcome}: {entry.reason}" for entry in result.trace if entry.rule == rule.id and entry.reason
    )
    exact = found == tuple(sorted(example.marks))
    states = {
        "fail": "ok" if exact else "missing",
        "pass": "ok" if exact else "noisy",
        "known-miss": "closed" if exact else "ok",
        "known-alarm": "closed" if not found else "ok",
    }
    return Outcome(rule.id, rule.path, example, states[example.expect], found, reasons)


def thin(ruleset: RuleSet, names: Iterable[str]) -> tuple[Thin, ...]:
    """Rules that have fewer examples than they should."""
    few: list[Thin] = []
    for name in names:
        rule = ruleset.all_rules[name]
        kinds = Counter(example.expect for example in rule.examples)
        if kinds["fail"] < ENOUGH or kinds["pass"] < ENOUGH:
            few.append(Thin(name, rule.path, kinds["fail"], kinds["pass"]))
    return tuple(few)
