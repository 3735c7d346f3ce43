from __future__ import annotations

import pytest

from scriptlint.language import Node, TextView
from scriptlint.language.pattern import PatternError, parse
from scriptlint.model.span import Span
from tests.language_help import found, view, vocabulary

CONCEPTS = {"promise": ["保证", "承诺"], "gain": ["收益", "{money} ~2 到手"], "money": ["钱", "红利"]}


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("保本", "这款保本的", ["保本"]),
        ("保本", "这款保*本的", ["保*本"]),
        ("保本", "绝对保 本!", ["保 本"]),
        ("保本", "保\u200b本", ["保\u200b本"]),
        ("保證收益", "保证收益", ["保证收益"]),
        ("保证收益", "保證收益", ["保證收益"]),
        ("100%兑付", "１００％兑付", ["１００％兑付"]),
        ("{promise} .. {gain}", "我们保证,到期有收益。", ["保证,到期有收益"]),
        ("{promise} ~ {gain}", "我们保证,到期有收益。", []),
        ("{promise} .. {gain}", "我们保证。收益再说", []),
        ("{promise} ..2 {gain}", "保证三个月后收益", []),
        ("{promise} .. {gain}", "承诺红利准时到手", ["承诺红利准时到手"]),
        ("[绝对] 保本", "绝对保本,保本", ["绝对保本", "保本", "保本"]),
        ("(随时 | 任何时候) [都] 能取", "任何时候都能取,随时能取", ["任何时候都能取", "随时能取"]),
        ("最 (高 | 高级) 收益", "最高收益,最高级收益", ["最高收益", "最高级收益"]),
        ("guaranteed return", "A Guaranteed  Return, unguaranteed return", ["Guaranteed  Return"]),
        ("收益 /[0-9]{1,3}%/", "收益12%", ["收益12%"]),
        ("etf", "ETF很好,ETFS不同", ["ETF"]),
    ],
)
def test_a_pattern_finds_what_it_says(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text, CONCEPTS) == expected


def test_a_harmless_word_shields_the_concept_inside_it() -> None:
    concepts = {"safe": ["保本"]}
    assert found("{safe}", "投保本产品", concepts, safe=("投保本",)) == []
    assert found("{safe}", "投保后保本", concepts, safe=("投保本",)) == ["保本"]


def test_the_whole_of_overlapping_words_is_found() -> None:
    assert found("收益 ~4 {most}", "收益全市最高的", {"most": ["全市最", "最高"]}) == ["收益全市最高"]


@pytest.mark.parametrize(
    ("pattern", "offset", "message"),
    [
        ("{promise", 0, '"{" is not closed'),
        ("保本 )", 3, '")" closes nothing'),
        ("(保本", 0, '"(" is not closed'),
        (".. 保本", 0, "a gap needs words on both sides"),
        ("保证 ..99 收益", 5, "a gap is 1 to 50 characters, not 99"),
        ("[保本]", 0, "every part is optional, so this matches nothing in particular"),
        ("{Promise}", 1, '"Promise" is not a concept name (lower-case words joined by dashes)'),
        (r"/\w{1,2}保/", 1, r"\b, \w and \d do not work beside Han characters; write a class such as [0-9]"),
        ("/保.*本/", 1, "repeat with a bound, such as {1,20}, not with * or +"),
        ("/保.{1,80}本/", 3, "a repeat is at most 50"),
        ("/保(/", 1, "not a regular expression: missing )"),
        ("", 0, "nothing to look for here"),
    ],
)
def test_a_broken_pattern_says_where_and_why(pattern: str, offset: int, message: str) -> None:
    with pytest.raises(PatternError) as caught:
        parse(pattern)
    assert (caught.value.offset, caught.value.message) == (offset, message)


def test_the_prefilter_names_words_every_match_contains() -> None:
    words = vocabulary(CONCEPTS)
    assert words.required(parse("{promise} .. {gain}")) == frozenset({"保证", "承诺"})
    assert words.required(parse("{gain}")) == frozenset({"收益", "到手"})
    assert words.required(parse("不 {promise}")) == frozenset({"保证", "承诺"})
    assert words.required(parse("/[0-9]%/ [钱]")) == frozenset("%")
    assert words.required(parse("/[^。]{3}/ [钱]")) is None


def test_concepts_that_lead_back_to_themselves_are_named() -> None:
    assert vocabulary({"a": ["{b}"], "b": ["x{a}"]}).cycle() == ("a", "b", "a")
    assert vocabulary(CONCEPTS).cycle() == ()


def test_sentences_and_clauses_keep_numbers_together() -> None:
    text = "年化3.5%,起点1,000元:可赎回。下一句!“真的?”好"
    seen = view(text, [], vocabulary({}))
    folded = seen.folded
    assert folded[seen.stops.sentence(0).start : seen.stops.sentence(0).end] == "年化3.5%,起点1,000元:可赎回。"
    assert folded[seen.stops.clause(8).start : seen.stops.clause(8).end] == "起点1,000元:"
    last = seen.stops.sentence(text.index("真"))
    assert folded[last.start : last.end] == "“真的?”"


def test_evasion_is_told_from_plain_spelling() -> None:
    node = parse("保本")
    hidden, plain = view("保*本", [node], vocabulary({})), view("保本", [node], vocabulary({}))
    assert [seen.is_evasion(_span(seen, node)) for seen in (hidden, plain)] == [True, False]


def _span(seen: TextView, node: Node) -> Span:
    hit = seen.hits(node).all[0]
    return Span(hit.start, hit.end)
