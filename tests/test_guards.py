"""How the engine treats what surrounds a match, with a small pack of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scriptlint import context, engine, packs
from scriptlint.language.ruleset import RuleSet
from scriptlint.model.context import Context, Fact
from scriptlint.model.document import Document, Role, Scope, Segment
from scriptlint.model.span import OffsetMap

GUARDS = """\
negated:
  title: 否定
  default: true
  any:
    - {before: 不, within: clause, reach: 6}
    - {gap: 不}
    - {before: 禁止, within: sentence, reach: 30}
asked: {title: 提问, any: [{question: true}]}
column: {title: 列, any: [{column: 反例, not: {column: 正例}}]}
heading: {title: 标题, any: [{heading: 禁语, quoted: true}]}
named: {title: 名称, any: [{inside: "“保本”系列"}]}
answered: {title: 已答, any: [{next: 不是}]}
elsewhere: {title: 别处, any: [{document: 声明}]}
training: {title: 培训, any: [{context: {kind: [training]}}]}
beside: {title: 旁列, any: [{column: 原文, beside: 改为}]}
lead: {title: 引语, any: [{lead: 骗术}]}
beyond: {title: 引后, any: [{beyond: 骗, within: sentence, reach: 8}]}
spoken: {title: 客户, any: [{role: [customer]}]}
"""
RULE = """\
id: promise
title: 承诺
family: return-claim
verdict: violation
speaker: any
forbid: [保本, "保 ~ 收益"]
unless: [GUARD]
message: {zh: "「{match}」", en: "“{match}”"}
suggest: 删
basis: practice
examples: {fail: ["[[保本]]"], pass: ["好"]}
"""


def ruleset(folder: Path, guard: str) -> RuleSet:
    pack = folder / "zz"
    (pack / "return-claim").mkdir(parents=True)
    (pack / "guards.yaml").write_text(GUARDS, encoding="utf-8")
    text = RULE.replace("unless: [GUARD]\n", f"unless: [{guard}]\n" if guard else "")
    (pack / "return-claim/promise.yaml").write_text(text, encoding="utf-8")
    loaded = packs.load([folder], as_of=date(2026, 11, 24))
    assert loaded.problems == ()
    return loaded


def document(*segments: Segment) -> Document:
    source = "\n".join(segment.text for segment in segments)
    placed = []
    position = 0
    for item in segments:
        offsets = OffsetMap.identity(len(item.text), position)
        placed.append(Segment(item.text, offsets, item.scope, item.role, item.section, item.label, item.record))
        position += len(item.text) + 1
    return Document("a.txt", "plain", source, tuple(placed))


def segment(
    text: str, role: Role = Role.UNKNOWN, section: tuple[str, ...] = (), label: str = "", record: int | None = None
) -> Segment:
    return Segment(text, OffsetMap.identity(len(text)), Scope.PARAGRAPH, role, section, label, record)


def found(rules: RuleSet, *segments: Segment, **given: str) -> list[str]:
    text = document(*segments)
    known = Context({key: Fact((value,), "flag") for key, value in given.items()})
    return [finding.excerpt for finding in engine.lint(text, rules, context.infer(text, rules, known)).findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产品保本。", ["保本"]),
        ("产品不保本。", []),
        ("不过,产品保本。", ["保本"]),
        ("不说别的好听的话就是保本", ["保本"]),
        ("禁止宣传稳妥,保本。", []),
        ("禁止喧哗。产品保本。", ["保本"]),
        ("保证不了收益", []),
        ("保证有收益", ["保证有收益"]),
    ],
)
def test_a_negator_excuses_only_what_it_governs(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert found(ruleset(tmp_path, ""), segment(text)) == expected


@pytest.mark.parametrize(
    ("guard", "clean", "dirty"),
    [
        ("asked", [segment("产品保本吗?")], [segment("产品保本。好吗?")]),
        ("column", [segment("产品保本", label="反例")], [segment("产品保本", label="反例与正例")]),
        (
            "heading",
            [segment("“产品保本”", section=("一、禁语",))],
            [segment("产品保本", section=("一、禁语",))],
        ),
        ("named", [segment("购买“保本”系列")], [segment("购买“保本”的系列")]),
        ("answered", [segment("产品保本"), segment("不是")], [segment("不是"), segment("产品保本")]),
        ("elsewhere", [segment("产品保本"), segment("声明")], [segment("产品保本")]),
        (
            "beside",
            [segment("产品保本", label="原文", record=1), segment("会亏", label="改为", record=1)],
            [segment("产品保本", label="原文", record=1), segment("会亏", label="改为", record=2)],
        ),
        (
            "beside",
            [segment("保本", label="原文", record=1), segment("会亏", label="改为", record=1)],
            [segment("保本", label="原文")],
        ),
        (
            "lead",
            [segment("三种骗术"), segment("①高息"), segment("②产品保本")],
            [segment("三种骗术"), segment("①高息"), segment("说说别的"), segment("②产品保本")],
        ),
        ("lead", [segment("三种骗术"), segment("“产品保本”")], [segment("三种骗术"), segment("产品保本")]),
        ("beyond", [segment("“产品保本,放心”是骗人")], [segment("“产品保本,不骗您”是真的")]),
        ("beyond", [segment("“产品保本”骗人")], [segment("产品保本骗人")]),
        ("spoken", [segment("产品保本", Role.CUSTOMER)], [segment("产品保本", Role.INSTITUTION)]),
    ],
)
def test_each_relation_holds_where_it_should(
    tmp_path: Path, guard: str, clean: list[Segment], dirty: list[Segment]
) -> None:
    rules = ruleset(tmp_path, guard)
    assert found(rules, *clean) == []
    assert len(found(rules, *dirty)) == 1


def test_context_is_a_relation_too(tmp_path: Path) -> None:
    rules = ruleset(tmp_path, "training")
    assert found(rules, segment("产品保本"), kind="training") == []
    assert found(rules, segment("产品保本"), kind="ad") == ["保本"]


def test_the_trace_says_what_cleared_the_words(tmp_path: Path) -> None:
    rules = ruleset(tmp_path, "")
    text = document(segment("产品不保本"))
    result = engine.lint(text, rules, context.infer(text, rules, Context()))
    entry = result.trace[0]
    assert (entry.outcome, entry.reason, text.source[entry.evidence.start] if entry.evidence else "") == (
        "cleared",
        "negated",
        "不",
    )


def test_findings_do_not_depend_on_the_order_of_rules(tmp_path: Path) -> None:
    rules = ruleset(tmp_path, "")
    text = document(segment("保本,保证收益,保*本"))
    once = engine.lint(text, rules, context.infer(text, rules, Context())).findings
    assert [finding.excerpt for finding in once] == ["保本", "保证收益", "保*本"]
    assert [finding.evasion for finding in once] == [False, False, True]
    assert [finding.start.column for finding in once] == [1, 4, 9]
