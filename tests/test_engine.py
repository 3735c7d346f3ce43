"""What the engine does with the matches that rules find."""

from __future__ import annotations

from datetime import date

from scriptlint import context, engine, packs, readers
from scriptlint.model.context import Context, Fact

RULESET = packs.load([packs.find_rules_dir()], as_of=date(2026, 11, 24))


def excerpts(text: str, **given: str) -> list[tuple[str, str]]:
    document = readers.read("script.txt", text.encode())
    facts = Context({key: Fact((value,), "flag") for key, value in given.items()})
    result = engine.lint(document, RULESET, context.infer(document, RULESET, facts))
    return [(finding.rule, finding.excerpt) for finding in result.findings]


def test_expressions_that_touch_are_one_finding() -> None:
    assert excerpts("这款理财保本保息。", kind="chat").count(("cn/guaranteed-principal", "保本保息")) == 1
    apart = excerpts("这款理财保本，而且保息。", kind="chat")
    assert [found for found in apart if found[0] == "cn/guaranteed-principal"] == [
        ("cn/guaranteed-principal", "保本"),
        ("cn/guaranteed-principal", "保息"),
    ]
