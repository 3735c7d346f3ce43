"""What the engine does with the matches that rules find."""

from __future__ import annotations

from datetime import date

from scriptlint import context, engine, packs, readers
from scriptlint.model.context import Context, Fact

RULESET = packs.load([packs.find_rules_dir()], as_of=date(2026, 11, 24))


def excerpts(text: str, name: str = "script.txt", **given: str) -> list[tuple[str, str]]:
    document = readers.read(name, text.encode())
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


def test_words_are_shown_as_they_read_not_as_they_are_escaped() -> None:
    assert ("cn/guaranteed-principal", "保本保息") in excerpts('{"content": "这款理财\\u4fdd本保息"}', "a.json")
    assert ("cn/guaranteed-principal", "保本保息") in excerpts("<p>这款理财保&#26412;<b>保</b>息</p>", "a.html")


def test_personal_data_is_struck_out_of_escaped_words_too() -> None:
    found = excerpts('{"content": "\\u674e\\u5a1c\\u7684\\u7535\\u8bdd\\u662f138\\u0030\\u0030001234"}', "a.json")
    assert found
    assert all("0001234" not in words for _, words in found)
