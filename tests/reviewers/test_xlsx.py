"""Review copies of Excel files: comments on cells, a list of all findings, and no cell changed by a byte."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from scriptlint import readers, reviewers
from scriptlint.model.document import ReadError, Scope
from scriptlint.model.rule import Level
from scriptlint.readers import RawFile
from scriptlint.reviewers import Annotated, Marking, Remark
from tests.readers.office import SHEET, inline, packed, relations, rows, workbook_parts

SAMPLES = Path(__file__).parent.parent / "readers" / "xlsx"
NAMES = ("scripts.xlsx", "tables.xlsx", "parts.xlsx", "calc.xlsx")
MARKING = Marking("scriptlint", "sl", datetime(2026, 3, 1, 9, 30, tzinfo=UTC), "zh")
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}"/></Types>'
)


def remark(locator: str, text: str = "要改", excerpt: str = "稳赚不赔") -> Remark:
    return Remark(None, locator, excerpt, text, Level.ERROR, "cn/x", ("错误", "说明", "依据一\n依据二", "建议"))


def annotated(data: bytes, *remarks: Remark) -> Annotated:
    raw = RawFile("a.xlsx", data)
    return reviewers.annotate(raw, readers.read("a.xlsx", data), remarks, MARKING)


def parts(data: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def comments(data: bytes) -> dict[str, str]:
    """What our own reader finds on each cell."""
    found: dict[str, list[str]] = {}
    for segment in readers.read("a.xlsx", data).segments:
        if segment.scope is Scope.COMMENT:
            found.setdefault(segment.locator.removesuffix(" comment"), []).append(segment.text)
    return {place: "\n--\n".join(texts) for place, texts in found.items()}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_changes_but_comments_and_one_sheet(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    document = readers.read(name, data)
    places = [s.locator for s in document.segments if s.scope is not Scope.COMMENT]
    copy = annotated(data, *(remark(place) for place in places)).data
    before, after = parts(data), parts(copy)
    assert before.keys() <= after.keys()
    allowed = re.compile(
        r"\[Content_Types\].xml|xl/workbook.xml|xl/styles.xml|xl/comments.*|xl/drawings/.*\.vml|.*\.rels|xl/worksheets/sheet\d+\.xml"
    )
    for part, content in before.items():
        assert content == after[part] or allowed.fullmatch(part), part
        if part.startswith("xl/worksheets/sheet"):
            # Only the link to the drawing that shows comments is new.
            assert re.sub(rb'<legacyDrawing [^>]*r:id="scriptlint[0-9]+"/>', b"", after[part]) == content
    old, new = load_workbook(io.BytesIO(data)), load_workbook(io.BytesIO(copy))
    assert new.sheetnames[:-1] == old.sheetnames
    for sheet in old.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                other = new[sheet.title][cell.coordinate]
                assert (cell.value, cell.number_format, repr(cell.font)) == (
                    other.value,
                    other.number_format,
                    repr(other.font),
                )
    again = readers.read(name, copy)
    kept = [(s.text, s.locator, s.prominence) for s in document.segments if s.scope is not Scope.COMMENT]
    said = [(s.text, s.locator, s.prominence) for s in again.segments if s.scope is not Scope.COMMENT]
    assert said[: len(kept)] == kept


def test_comments_stand_on_their_cells_beside_those_that_were_there() -> None:
    copy = annotated(
        (SAMPLES / "scripts.xlsx").read_bytes(),
        remark("话术!C4", "甲 <&> \x01"),
        remark("话术!C4", "乙"),
        remark("话术!D4"),
    )
    said = comments(copy.data)
    assert said["话术!C4"] == "这句不合规吧\n\n甲 <&> \n\n乙"
    assert said["话术!D4"] == "要改"
    assert said["话术!F9"] == "空单元格上的批注"
    assert copy.elsewhere == ()
    sheet = load_workbook(io.BytesIO(copy.data))["话术"]
    assert sheet["C4"].comment.text.startswith("这句不合规吧")
    assert sheet["D4"].comment.author == "scriptlint"
    shapes = parts(copy.data)["xl/drawings/vmlDrawing1.vml"].decode()
    numbers = re.findall(r'<v:shape [^>]*id="([^"]+)"', shapes)
    assert len(set(numbers)) == len(numbers) == 3
    assert "<x:Row>3</x:Row><x:Column>3</x:Column>" in shapes


def test_a_place_without_comments_is_listed_and_said() -> None:
    data = (SAMPLES / "parts.xlsx").read_bytes()
    copy = annotated(
        data,
        remark("版式!C3"),
        remark("版式!E3 / 框"),
        remark("版式 header"),
        remark("attachment a.docx / ¶1"),
        remark(""),
    )
    assert [each.locator for each in copy.elsewhere] == ["版式!C3", "版式 header", "attachment a.docx / ¶1", ""]
    assert comments(copy.data)["版式!C3"] == "一天两块是多少年化？\n--\n要写明年化利率。"
    assert comments(copy.data)["版式!E3"] == "位置：版式!E3 / 框\n要改"
    listed = load_workbook(io.BytesIO(copy.data))["合规检查"]
    assert [cell.value for cell in listed["C"]] == [
        "位置",
        "版式!C3",
        "版式!E3 / 框",
        "版式 header",
        "attachment a.docx / ¶1",
        "–",
    ]
    assert listed["C2"].hyperlink.location == "'版式'!C3"
    assert listed["C4"].hyperlink is None


def test_the_list_holds_text_and_no_formula() -> None:
    data = (SAMPLES / "calc.xlsx").read_bytes()
    evil = '=HYPERLINK("http://example.invalid","点")'
    copy = annotated(data, remark("calc!B3", excerpt=evil), remark("calc!B3", excerpt="@SUM(1)" + "长" * 40_000))
    listed = load_workbook(io.BytesIO(copy.data))["合规检查"]
    assert (listed["D2"].value, listed["D2"].data_type, listed["D2"].quotePrefix) == (evil, "s", True)
    assert len(listed["D3"].value) < 32_767
    assert b"<f>" not in parts(copy.data)["xl/worksheets/sheet2.xml"]


def test_names_of_sheets_may_hold_anything() -> None:
    raw = workbook_parts(rows(inline("甲")), rows(inline("乙")))
    raw["xl/workbook.xml"] = (
        str(raw["xl/workbook.xml"]).replace('"表1"', '"a!B2 \'&amp;"').replace('"表2"', '"合规检查"')
    )
    raw["[Content_Types].xml"] = TYPES
    copy = annotated(packed(raw), remark("a!B2 '&!A1"), remark("合规检查!A1"))
    assert comments(copy.data) == {"a!B2 '&!A1": "要改", "合规检查!A1": "要改"}
    book = load_workbook(io.BytesIO(copy.data))
    assert book.sheetnames == ["a!B2 '&", "合规检查", "合规检查 3"]
    assert book["合规检查 3"]["C2"].hyperlink.location == "'a!B2 ''&'!A1"


def test_the_link_to_the_drawing_stands_where_the_schema_has_it() -> None:
    after = '<tableParts count="0"/><extLst/>'
    controls = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14">'
        "<controls/></mc:Choice></mc:AlternateContent>"
    )
    for more in (after, controls + after, '<pageMargins left="1"/>' + controls):
        raw = workbook_parts(rows(inline("甲")) + more)
        raw["[Content_Types].xml"] = TYPES
        sheet = parts(annotated(packed(raw), remark("表1!A1")).data)["xl/worksheets/sheet1.xml"].decode()
        order = re.findall("<(sheetData|pageMargins|legacyDrawing|mc:AlternateContent|tableParts|extLst)[ />]", sheet)
        assert order.index("legacyDrawing") == (2 if "pageMargins" in more else 1)


def test_other_prefixes_and_no_styles_do_no_harm() -> None:
    raw = workbook_parts("")
    raw["[Content_Types].xml"] = TYPES
    raw["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{SHEET}"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>甲</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    raw["xl/worksheets/_rels/sheet1.xml.rels"] = relations(("c", "comments", "../comments1.xml"))
    raw["xl/comments1.xml"] = (
        f'<x:comments xmlns:x="{SHEET}"><x:authors/><x:commentList><x:comment ref="A1" authorId="0"><x:text/></x:comment></x:commentList></x:comments>'
    )
    copy = annotated(packed(raw), remark("表1!A1"), remark("表1!B7", "新"))
    assert comments(copy.data) == {"表1!A1": "要改", "表1!B7": "新"}


def test_no_remark_is_no_change_and_the_same_input_gives_the_same_copy() -> None:
    data = (SAMPLES / "scripts.xlsx").read_bytes()
    assert annotated(data).data == data
    assert annotated(data, remark("话术!C4")).data == annotated(data, remark("话术!C4")).data


def test_a_copy_can_be_reviewed_again() -> None:
    data = (SAMPLES / "calc.xlsx").read_bytes()
    twice = annotated(
        annotated(data, remark("calc!B3", "一")).data, remark("calc!B3", "二"), remark("calc!B4", "三")
    ).data
    assert comments(twice) == {"calc!B3": "一\n\n二", "calc!B4": "三"}
    assert load_workbook(io.BytesIO(twice)).sheetnames == ["calc", "合规检查", "合规检查 3"]


def test_strict_workbooks_are_refused_with_a_hint() -> None:
    strict = {
        name: str(part).replace(SHEET, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        for name, part in workbook_parts(rows(inline("甲"))).items()
    }
    with pytest.raises(ReadError, match="strict"):
        annotated(packed(strict), remark("表1!A1"))


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_any_remarks_on_any_sample_give_a_workbook(data: st.DataObject) -> None:
    content = (SAMPLES / data.draw(st.sampled_from(NAMES))).read_bytes()
    places = [segment.locator for segment in readers.read("a.xlsx", content).segments] + ["", "x!A1", "话术!ZZZ99"]
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=8))
    said = [remark(place, data.draw(st.text(max_size=20)), data.draw(st.text(max_size=20))) for place in chosen]
    copy = annotated(content, *said)
    book = load_workbook(io.BytesIO(copy.data))
    assert book.worksheets[-1].max_row == len(said) + 1


def test_a_damaged_part_of_comments_is_refused_and_not_a_crash() -> None:
    raw = workbook_parts(rows(inline("甲")))
    raw["[Content_Types].xml"] = TYPES
    raw["xl/worksheets/_rels/sheet1.xml.rels"] = relations(("c", "comments", "../comments1.xml"))
    for damaged in (f'<comments xmlns="{SHEET}"/>', "<comments", "", "<!DOCTYPE a><a/>"):
        raw["xl/comments1.xml"] = damaged
        with pytest.raises(ReadError):
            annotated(packed(raw), remark("表1!A1"))


def test_text_behind_a_comment_stands_before_how_it_is_pronounced() -> None:
    raw = workbook_parts(rows(inline("甲")))
    raw["[Content_Types].xml"] = TYPES
    raw["xl/worksheets/_rels/sheet1.xml.rels"] = relations(("c", "comments", "../comments1.xml"))
    raw["xl/comments1.xml"] = (
        f'<comments xmlns="{SHEET}"><authors><author>周小安</author></authors><commentList><comment ref="A1" authorId="0">'
        '<text><t>旧</t><rPh sb="0" eb="1"><t>jiu</t></rPh></text></comment></commentList></comments>'
    )
    copy = annotated(packed(raw), remark("表1!A1", "新"))
    assert comments(copy.data) == {"表1!A1": "旧\n\n新"}
    assert re.search("</r><rPh ", parts(copy.data)["xl/comments1.xml"].decode())
