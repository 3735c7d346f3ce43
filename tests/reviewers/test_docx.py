"""Review copies of Word files: comments at their words, and not a byte of the rest changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scriptlint import readers, reviewers
from scriptlint.model.document import Document, ReadError, Scope
from scriptlint.model.rule import Level
from scriptlint.model.span import Span
from scriptlint.readers import RawFile, ReadOptions
from scriptlint.reviewers import Annotated, Marking, Remark
from tests.readers.make.docx import document, p, package, r

SAMPLES = Path(__file__).parent.parent / "readers" / "docx"
NAMES = ("parts.docx", "office.docx", "writer.docx")
MARKING = Marking("scriptlint", "sl", datetime(2026, 3, 1, 9, 30, tzinfo=UTC), "zh")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MADE = "\t\n-☑😏第一二条 客户：/"
SKIPPED = (W + "rPr", W + "commentReference")


def remark(document: Document, words: str, text: str = "要改") -> Remark:
    """A remark about the first place with these words."""
    at = document.source.index(words)
    span = Span(at, at + len(words))
    locator = next(
        segment.locator for segment in document.segments if segment.to_source(Span(0, len(segment.text))).overlaps(span)
    )
    return Remark(span, locator, words, text, Level.ERROR)


def annotated(data: bytes, *words: str, deletions: bool = False) -> Annotated:
    raw = RawFile("a.docx", data, ReadOptions(deletions=deletions))
    read = readers.read("a.docx", data, raw.options)
    return reviewers.annotate(raw, read, [remark(read, each) for each in words], MARKING)


def part(data: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read(name))


def characters(data: bytes) -> list[list[tuple[str, str]]]:
    """Each paragraph as its characters and other content of runs, each with the look of its run."""
    found = []
    for paragraph in part(data).iter(W + "p"):
        content: list[tuple[str, str]] = []
        for run in paragraph.iter(W + "r"):
            properties = run.find(W + "rPr")
            look = "" if properties is None else ElementTree.tostring(properties, encoding="unicode").strip()
            for child in run:
                if child.tag in (W + "t", W + "delText"):
                    kept = child.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
                    text = (child.text or "") if kept else (child.text or "").strip(" \t\n")
                    content += [(char, look) for char in text]
                elif child.tag not in SKIPPED:
                    content.append((child.tag, look))
        found.append(content)
    return found


def anchored(data: bytes) -> dict[str, str]:
    """The words between the beginning and the end of each comment, by its id."""
    open_: dict[str, list[str]] = {}
    done: dict[str, str] = {}
    for element in part(data).iter():
        name = element.get(W + "id", "")
        if element.tag == W + "commentRangeStart":
            open_[name] = []
        elif element.tag == W + "commentRangeEnd":
            done[name] = "".join(open_.pop(name))
        elif element.tag.rsplit("}", 1)[-1] in ("t", "delText"):  # those of formulas too
            for words in open_.values():
                words.append(element.text or "")
    assert not open_
    return done


def comments(data: bytes) -> dict[str, list[str]]:
    """The paragraphs of each comment by its id."""
    return {
        comment.get(W + "id", ""): ["".join(text.text or "" for text in line.iter(W + "t")) for line in comment]
        for comment in part(data, "word/comments.xml")
    }


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_words_can_be_commented_and_nothing_else_changes(name: str, data: st.DataObject) -> None:
    before = (SAMPLES / name).read_bytes()
    deletions = data.draw(st.booleans())
    raw = RawFile(name, before, ReadOptions(deletions=deletions))
    read = readers.read(name, before, raw.options)
    remarks: list[Remark] = []
    for _ in range(data.draw(st.integers(1, 6))):
        segment = data.draw(st.sampled_from(read.segments))
        start = data.draw(st.integers(0, len(segment.text)))
        end = data.draw(st.integers(start, len(segment.text)))
        span = segment.to_source(Span(start, end))
        remarks.append(Remark(span, segment.locator, "", f"批注{len(remarks)}", Level.INFO))
    copy = reviewers.annotate(raw, read, remarks, MARKING)
    assert characters(copy.data) == characters(before)
    again = readers.read(name, copy.data, raw.options)
    assert _said(again) == _said(read)
    said = comments(copy.data)
    ours = {lines[-1]: number for number, lines in said.items() if lines[-1].startswith("批注")}
    words = anchored(copy.data)
    for index, each in enumerate(remarks):
        assert f"批注{index}" in ours
        if each not in copy.elsewhere:
            span = each.span or Span(0, 0)
            spoken = read.source[span.start : span.end]
            marked = words[ours[f"批注{index}"]]
            # What Word makes (a tab, a number) is no text; a character with its reading is commented whole.
            assert _follows(spoken, marked)
            assert name != "office.docx" or marked == spoken
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(copy.data)) as new:
        assert new.testzip() is None
        for part_name in set(old.namelist()) - {
            "word/document.xml",
            "word/comments.xml",
            "word/_rels/document.xml.rels",
            "[Content_Types].xml",
        }:
            assert new.read(part_name) == old.read(part_name)


def _follows(words: str, inside: str) -> bool:
    """True when all characters of ``words`` that stand in a ``w:t`` come in ``inside`` in this order."""
    rest = iter(inside)
    return all(char in rest for char in words if char not in MADE)


def _said(document: Document) -> Sequence[object]:
    return [
        (segment.text, segment.scope, segment.role, segment.section, segment.label, segment.prominence)
        for segment in document.segments
        if segment.scope is not Scope.COMMENT
    ]


def test_a_phrase_over_three_runs_is_one_comment() -> None:
    body = p(r("这款产品保"), r("本保", "<w:b/>"), r("息，请放心。"))
    data = package({"word/document.xml": document(body)}, {})
    copy = annotated(data, "保本保息")
    assert anchored(copy.data) == {"0": "保本保息"}
    assert comments(copy.data) == {"0": ["要改"]}
    assert characters(copy.data) == characters(data)
    comment = part(copy.data, "word/comments.xml")[0]
    assert comment.get(W + "author") == "scriptlint"
    assert comment.get(W + "date") == "2026-03-01T09:30:00Z"


def test_comments_that_overlap_or_touch_keep_their_words() -> None:
    data = package({"word/document.xml": document(p("这款产品保本保息，请放心。"))}, {})
    copy = annotated(data, "保本保息", "保息，请", "产品", "保本", "保本保息")
    assert anchored(copy.data) == {"0": "保本保息", "1": "保息，请", "2": "产品", "3": "保本", "4": "保本保息"}
    assert characters(copy.data) == characters(data)


def test_entities_and_blanks_are_divided_rightly() -> None:
    body = "<w:p><w:r><w:t>  A&amp;B 稳赚 &#x4E0D;赔 C  </w:t></w:r></w:p>"
    data = package({"word/document.xml": document(body)}, {})
    copy = annotated(data, "稳赚 不赔")
    assert anchored(copy.data) == {"0": "稳赚 不赔"}
    assert characters(copy.data) == characters(data)
    with zipfile.ZipFile(io.BytesIO(copy.data)) as archive:
        assert b"A&amp;B " in archive.read("word/document.xml")


@pytest.mark.parametrize(
    ("words", "around", "place"),
    [
        ("文本框：稳赚不赔", "文本框：稳赚不赔文本框：稳赚不赔", "text box 1"),
        ("尾注里写着稳赚不赔。", "", "endnote 1"),
        ("先被引用的脚注。", "", "footnote 1"),
        ("云麓财富 内部培训", "", "header 1"),
        ("市场有风险，投资须谨慎", "", "footer 1"),
    ],
)
def test_what_word_shows_no_comments_in_is_commented_in_the_body(words: str, around: str, place: str) -> None:
    copy = annotated((SAMPLES / "parts.docx").read_bytes(), words)
    (number,) = (number for number, lines in comments(copy.data).items() if lines[-1] == "要改")
    assert comments(copy.data)[number][0] == f"位置：{place}"
    assert anchored(copy.data)[number] == around
    assert [each.locator for each in copy.elsewhere] == [place]
    if place.startswith(("header", "footer")):
        first = next(part(copy.data).iter(W + "p"))
        assert first.find(W + "commentRangeStart") is not None


def test_comments_that_are_there_stay_and_keep_their_numbers() -> None:
    before = (SAMPLES / "parts.docx").read_bytes()
    copy = annotated(before, "到期一定赚")
    old, new = comments(before), comments(copy.data)
    assert {number: new[number] for number in old} == old
    assert anchored(copy.data)["8"] == "到期一定赚"


def test_a_remark_about_the_whole_file_stands_at_the_first_paragraph_with_words() -> None:
    data = package({"word/document.xml": document("<w:p/>" + p("您好。"))}, {})
    read = readers.read("a.docx", data)
    copy = reviewers.annotate(RawFile("a.docx", data), read, [Remark(None, "", "", "缺少提示", Level.ERROR)], MARKING)
    assert comments(copy.data) == {"0": ["缺少提示"]}
    second = list(part(copy.data).iter(W + "p"))[1]
    assert second.find(W + "commentRangeStart") is not None
    assert copy.elsewhere == ()


def test_a_document_without_a_prefix_for_word_and_in_utf_16_is_marked() -> None:
    xml = (
        '<?xml version="1.0" encoding="UTF-16"?><document '
        'xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><body><p><r><t>产品保本保息。</t></r></p>'
        "</body></document>"
    )
    copy = annotated(package({"word/document.xml": xml.encode("utf-16")}, {}), "保本")
    assert anchored(copy.data) == {"0": "保本"}


def test_text_in_a_cdata_section_is_commented_as_a_run() -> None:
    data = package({"word/document.xml": document("<w:p><w:r><w:t><![CDATA[产品保本保息。]]></w:t></w:r></w:p>")}, {})
    copy = annotated(data, "保本")
    assert characters(copy.data) == characters(data)
    assert comments(copy.data) == {"0": ["要改"]}


def test_other_formats_are_refused_with_a_hint() -> None:
    with pytest.raises(ReadError, match="cannot be written into") as caught:
        reviewers.annotate(RawFile("a.txt", b"x"), readers.read("a.txt", b"x"), [], MARKING)
    assert ".docx" in caught.value.hint


def test_no_remarks_leave_the_file_as_it_is() -> None:
    data = (SAMPLES / "office.docx").read_bytes()
    assert annotated(data).data == data
