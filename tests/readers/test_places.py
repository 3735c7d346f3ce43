"""Line and column of a word after Han characters and an emoji, in every format."""

from __future__ import annotations

import pytest

from scriptlint import readers
from scriptlint.model.document import Document, Segment
from scriptlint.model.span import Position, Span


def find(document: Document, words: str) -> tuple[Segment, Span]:
    """The segment that says these words and where in its source."""
    for segment in document.segments:
        start = segment.text.find(words)
        if start >= 0:
            return segment, segment.to_source(Span(start, start + len(words)))
    raise AssertionError(f"{words} is not in {[segment.text for segment in document.segments]}")


@pytest.mark.parametrize(
    ("name", "text", "line", "column"),
    [
        ("a.txt", "第一行\n本产品😀保本保息", 2, 5),
        ("a.txt", "第一行\r\n本产品😀保本保息", 2, 5),
        ("a.txt", "第一行\r本产品😀保本保息", 2, 5),
        ("a.txt", "\ufeff本产品😀保本保息", 1, 5),
        ("a.md", "# 标题\n\n本**产**品😀保本保息", 3, 9),
        ("a.md", "| 甲 |\n|---|\n| 产品😀保本保息 |", 3, 6),
        ("a.html", "<p>一\n&amp;本产品😀保本保息", 2, 10),
        ("a.html", "<p>一\r&amp;本产品😀保本保息", 2, 10),
        ("a.html", '一\n<img alt="产品😀保本保息">', 2, 14),
        ("a.json", '{"a":\n "产品😀\\u4fdd\\t保本保息"}', 2, 14),
        ("a.jsonl", '{"a": 1}\n{"a": "产品😀保本保息"}', 2, 11),
        ("a.yaml", "a: 1\nb: 产品😀保本保息", 2, 7),
        ("a.yaml", 'a: 1\nb: "产品😀\\n保本保息"', 2, 10),
        ("a.yaml", "a: |\n  产品😀\n  保本保息", 3, 3),
        ("a.yaml", "a: >\r\n  产品😀\r\n  保本保息\r\n", 3, 3),
        ("a.yaml", "a: '产品😀''\n  保本保息'", 2, 3),
        ("a.csv", '甲,乙\n产品😀,"x""\n保本保息"', 3, 1),
        ("a.tsv", "甲\t乙\n产品😀\t保本保息", 2, 5),
    ],
)
def test_places_count_characters(name: str, text: str, line: int, column: int) -> None:
    document = readers.read(name, text.encode("utf-8"))
    _, span = find(document, "保本保息")
    assert document.source[span.start : span.end] == "保本保息"
    assert document.position(span.start) == Position(line, column)


@pytest.mark.parametrize(
    ("name", "text", "source"),
    [
        ("a.md", "稳**赚**不赔", "稳**赚**不赔"),
        ("a.md", "稳[赚](https://example.invalid)不赔", "稳[赚](https://example.invalid)不赔"),
        ("a.md", "稳<b>赚</b>不\\赔", ""),
        ("a.html", "<p>稳<i>赚</i>\n 不&#x8d54;了", "稳<i>赚</i>\n 不&#x8d54;"),
        ("a.json", '{"a": "稳赚不\\u8d54了"}', "稳赚不\\u8d54"),
        ("a.yaml", "a: 稳赚\n  不赔", "稳赚\n  不赔"),
        ("a.csv", 'a,b\nc,"""稳赚不赔"', "稳赚不赔"),
        (
            "a.txt",
            "本产品投资于债券市场，收益随市场波动，我们不能保证稳\n赚不赔，请您仔细阅读说明书并且按照自己的承受能力来做\n决定。",
            "稳\n赚不赔",
        ),
    ],
)
def test_divided_words_are_whole_and_map_back(name: str, text: str, source: str) -> None:
    document = readers.read(name, text.encode("utf-8"))
    if not source:
        assert "稳赚不\\赔" in document.segments[0].text  # a backslash before a Han character is a backslash
        return
    _, span = find(document, "稳赚不赔")
    assert document.source[span.start : span.end] == source


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.csv", "a.yaml", "a.json", "a.jsonl", "a.tsv"])
def test_a_line_of_sixteen_thousand_characters(name: str) -> None:
    words = "本产品不保本，收益有波动。😀" * 1150 + "稳赚不赔"
    text = f'["{words}"]' if name.startswith("a.json") else words
    document = readers.read(name, text.encode("utf-8"))
    _, span = find(document, "稳赚不赔")
    assert document.position(span.start).column == text.index("稳赚不赔") + 1


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.csv", "a.yaml", "a.json", "a.jsonl", "a.tsv", "a"])
@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n\t"])
def test_an_empty_file_has_no_segments(name: str, data: bytes) -> None:
    if name.endswith((".yaml", ".tsv", ".csv")) and b"\t" in data:
        data = data.replace(b"\t", b"")
    document = readers.read(name, data)
    assert document.segments == ()
    assert document.unread == ()
