"""What holds for every file whatever is in it: no crash, places that are right, places that keep their order."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scriptlint.model.document import Document, ReadError
from scriptlint.model.span import Span
from scriptlint.readers import read

NAMES = (
    "a.txt",
    "a.md",
    "a.html",
    "a.xhtml",
    "a.json",
    "a.jsonl",
    "a.yaml",
    "a.csv",
    "a.tsv",
    "a.docx",
    "a.unknown",
    "a.srt",
    "a.vtt",
    "a.eml",
    "a.pdf",
)
_MARKS = (
    "稳赚", "不赔", "客户：", "客服:", "问：", "答：", "Q:", "**", "*", "_", "~~", "`", "```\n", "```python\n", "# ", "## ",
    "一、", "（一）", "【标题】", "- ", "1. ", "①", "> ", "|", "| a | b |\n|---|---|\n", "---\n", "\n", "\n\n", "\r\n", "\r",
    "  \n", "\\", "[", "](", ")", "![", "<b>", "</b>", "<br>", "<p>", "<td>", "<th>", "<table>", "<tr>", "</table>",
    "<li>", "<h1>", "<script>", "</script>", "<!--", "-->", "<!", "<![", "&amp;", "&#26412;", "&lt", "&", "<", ">",
    '<p hidden style="display:none">', '<img alt="保本&amp;">', '"', "'", "''", '""', ",", ";", "\t", "{", "}", ":", ": ",
    "text: |\n  ", "text: >-\n    ", "key: ", "\\n", "\\u4fdd", "\\ud83d\\ude00", "\\ud800", '{"role":"agent","text":"',
    '"}', '["', '"]', "# scriptlint: kind=sms", "😀", "\u200b", "\u3000", " ", "  ", "3.5%", "[00:12] ", "\x85", "\u2028",
    "&a *a ", "!!", "? ", "%", "@", "[^1]: ", "[a]: b", "[//]: # (x)", "===", "\x0c",
    "00:00:01,000 --> 00:00:02,000\n", "00:01.000 --> 00:02.000\n<v 客服>", "WEBVTT\n\n", "NOTE ", "{\\an8}", "- ",
    "From: a@b.example\nSubject: =?gbk?B?sbGxvg==?=\n\n", "Content-Type: multipart/mixed; boundary=x\n\n--x\n",
    "Content-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: base64\n\n", "> ", "%PDF-1.7\n", "<style>.a{",
    "display:none}</style>", '<span class="a">', "</span>", "<rt>", '<img src="a">', '"start":1,"end":2,"text":"',
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(_MARKS), st.text(max_size=6)), max_size=40).map("".join)


def check_places(document: Document) -> None:
    """Spans lie in the source, verbatim pieces equal it, maps run forward and give back spans in order."""
    source = document.source
    for segment in document.segments:
        assert segment.text.strip()
        assert not any("\ud800" <= char <= "\udfff" for char in segment.text)
        expected_start = source_start = 0
        for piece in segment.offsets.pieces:
            assert piece.text.start == expected_start
            assert source_start <= piece.source.start <= piece.source.end <= len(source)
            if piece.verbatim:
                assert segment.text[piece.text.start : piece.text.end] == source[piece.source.start : piece.source.end]
            expected_start, source_start = piece.text.end, piece.source.end
        assert expected_start == len(segment.text)
        before = 0
        for index in range(len(segment.text)):
            place = segment.to_source(Span(index, index + 1))
            assert before <= place.end <= len(source)
            before = place.start
    for unread in document.unread:
        assert unread.span is None or unread.span.end <= len(source)


def try_read(name: str, data: bytes) -> Document | None:
    """The document, or None when the reader says that it cannot read this."""
    try:
        return read(name, data)
    except ReadError:
        return None


@pytest.mark.parametrize("name", NAMES)
@given(text=texts)
@settings(max_examples=150, deadline=None)
@example(text="")
@example(text="\ufeff稳赚")
def test_any_text_is_read_or_refused_with_right_places(name: str, text: str) -> None:
    document = try_read(name, text.encode("utf-8", errors="replace"))
    assert document is None or document.path == name
    if document is not None:
        check_places(document)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_bytes_crash_a_reader(name: str, data: bytes) -> None:
    document = try_read(name, data)
    if document is not None:
        check_places(document)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@given(words=st.text(alphabet="客服：您好，理财不保本。\n😀ab1 ", min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_what_is_said_does_not_depend_on_the_encoding(encoding: str, words: str) -> None:
    plain = read("a.txt", words.encode("utf-8"))
    other = read("a.txt", words.encode(encoding))
    assert other.source == plain.source
    assert other.segments == plain.segments


@given(
    value=st.text(st.characters(codec="utf-8", exclude_characters=":：\tQA"), max_size=60),
    ascii_only=st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_a_json_string_is_read_as_json_means_it(value: str, ascii_only: bool) -> None:
    written = json.dumps({"note": value}, ensure_ascii=ascii_only)
    document = read("a.json", written.encode("utf-8", errors="replace"))
    assert "".join(segment.text for segment in document.segments) == value.strip()


@given(value=st.text(alphabet="稳赚不赔 ab'\"\\:#-\n", max_size=40), style=st.sampled_from(["'", '"', "|", ">", None]))
@settings(max_examples=300, deadline=None)
def test_a_yaml_value_is_read_as_yaml_means_it(value: str, style: str | None) -> None:
    import yaml

    written = yaml.safe_dump({"note": value}, default_style=style, allow_unicode=True, width=20)
    document = read("a.yaml", written.encode("utf-8"))
    said = "".join(segment.text for segment in document.segments if segment.label == "note")
    # A fold between Han characters is a wrap of the source, not a space that anybody reads.
    assert said.replace(" ", "") == value.strip().replace(" ", "")
    check_places(document)
