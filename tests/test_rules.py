"""Every example of every rule is a case, and no rule raises an alarm on what another lets pass."""

from __future__ import annotations

from datetime import date

import pytest
from _pytest.mark import ParameterSet

from scriptlint import context, engine, packs, readers, triage
from scriptlint.language.ruleset import RuleSet
from scriptlint.model.context import Context, Fact
from scriptlint.model.rule import Example, Rule

DAY = date(2026, 11, 24)
RULESET = packs.load([packs.find_rules_dir()], as_of=DAY, preview=True)
STABLE = packs.load([packs.find_rules_dir()], as_of=DAY)


def cases(*kinds: str) -> list[ParameterSet]:
    return [
        pytest.param(rule, example, id=f"{rule.id}:{example.line}")
        for rule in RULESET.rules.values()
        for example in rule.examples
        if example.expect in kinds
    ]


def alarms(example: Example) -> list[tuple[str, str]]:
    """What a user would be told of the text: hints that stand alone do not count."""
    document = readers.read("example", example.text.encode(), readers.ReadOptions(format=example.format))
    given = Context({key: Fact(values, "example") for key, values in example.context.items()})
    findings = engine.lint(document, STABLE, context.infer(document, STABLE, given)).findings
    return [(item.rule, item.excerpt) for item in triage.supported(findings) if item.status.state == "open"]


def check(example: Example, ruleset: RuleSet) -> list[tuple[str, str, int, int]]:
    document = readers.read("example", example.text.encode(), readers.ReadOptions(format=example.format))
    given = Context({key: Fact(values, "example") for key, values in example.context.items()})
    result = engine.lint(document, ruleset, context.infer(document, ruleset, given))
    return [
        (finding.rule, finding.excerpt, finding.span.start, finding.span.end)
        for finding in result.findings
        if finding.span
    ]


@pytest.mark.parametrize(("rule", "example"), cases("fail"))
def test_a_failing_example_is_found_exactly(rule: Rule, example: Example) -> None:
    found = check(example, RULESET.only([rule.id]))
    assert [(start, end) for _, _, start, end in found] == [(mark.start, mark.end) for mark in example.marks], found


@pytest.mark.parametrize(("rule", "example"), cases("pass"))
def test_a_passing_example_is_let_pass(rule: Rule, example: Example) -> None:
    assert check(example, RULESET.only([rule.id])) == []


@pytest.mark.parametrize(("rule", "example"), cases("pass"))
def test_no_other_rule_raises_an_alarm_on_it(rule: Rule, example: Example) -> None:
    assert alarms(example) == [], f"while letting {rule.id} pass"


@pytest.mark.parametrize(("rule", "example"), cases("known-miss", "known-alarm"))
def test_a_known_gap_is_still_there(rule: Rule, example: Example) -> None:
    """When this fails the gap is closed: make it an ordinary example."""
    found = [(start, end) for _, _, start, end in check(example, RULESET.only([rule.id]))]
    wanted = [(mark.start, mark.end) for mark in example.marks]
    assert found != wanted


def test_every_rule_is_complete() -> None:
    for rule in RULESET.rules.values():
        assert rule.message.zh, rule.id
        assert rule.message.en, rule.id
        assert rule.suggest.zh, rule.id
        assert sum(example.expect == "fail" for example in rule.examples) >= 1, rule.id
        assert sum(example.expect == "pass" for example in rule.examples) >= 1, rule.id
