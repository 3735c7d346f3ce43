"""What Excel files can hold that no sample does, and files that no Excel writes."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from scriptlint import readers, run
from scriptlint.config import Settings
from scriptlint.model.document import Document, ReadError, Role, Scope
from scriptlint.readers import ReadOptions, _sheetextras
from scriptlint.readers._numberformats import number_format
from scriptlint.run import Script
from tests.readers.office import SHEET, inline, packed, relations, rows, workbook_parts

SAMPLES = Path(__file__).parent / "xlsx"
STYLES = (
    '<numFmts><numFmt numFmtId="165" formatCode="{code}"/></numFmts><fonts><font><sz val="10"/></font></fonts>'
    '<fills><fill><patternFill patternType="none"/></fill></fills>'
    '<cellXfs><xf fontId="0" fillId="0" numFmtId="0"/><xf fontId="0" fillId="0" numFmtId="165"/></cellXfs>'
)


def read(*sheets: str, **more: str) -> Document:
    return readers.read("a.xlsx", packed(workbook_parts(*sheets, **more)))


def texts(document: Document, scope: Scope = Scope.TABLE_CELL) -> list[str]:
    return [segment.text for segment in document.segments if segment.scope is scope]


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("General", "13800001234", "13800001234"),
        ("General", "1.3800001234E10", "13800001234"),
        ("#,##0.00", "13800001234", "13800001234"),
        ("000-0000-0000", "13800001234", "13800001234"),
        ("0.00E+00", "1.38E+10", "13800000000"),
        ("General", "0.30000000000000004", "0.3"),
        ("0.00%", "3.5000000000000003E-2", "3.50%"),
        ('0.0"% 起"', "3.5", "3.5% 起"),
        ('"¥"#,##0.00', "1234.5", "¥1234.5"),
        ("[$¥-804]#,##0", "1234", "¥1234"),
        ("yyyy/m/d", "46082", "2026-03-01"),
        ('[$-804]yyyy"年"m"月"d"日";@', "46082.5", "2026-03-01"),
        ("yyyy/m/d h:mm", "46082.395833333", "2026-03-01 09:30"),
        ("h:mm", "0.395833333333333", "09:30"),
        ("yyyy", "-1", "-1"),
        ("yyyy", "2958465.9999999", "9999-12-31"),
        ('"保本";"亏损";"零"', "-5", "亏损"),
        ('0!.0,"万"', "15000", "15000"),
        ("#,##0.00_);[Red]\\(#,##0.00\\)", "-12.5", "-12.5"),
        ('G/通用格式"元"', "99", "99元"),
    ],
)
def test_a_number_is_read_as_people_see_it_with_all_its_digits(code: str, stored: str, shown: str) -> None:
    assert number_format(code).number(stored) == (shown, True)


def test_a_format_can_hide_a_value_and_add_words() -> None:
    assert number_format(";;;").number("5") == ("5", False)
    assert number_format(";;;").text("稳赚") == ("稳赚", False)
    assert number_format('"保本"@').text("产品") == ("保本产品", True)
    document = read(rows('<c s="1"><v>5</v></c>'), styles=STYLES.format(code=";;;"))
    look = document.segments[-1].prominence
    assert look is not None
    assert look.hidden


def test_rich_text_is_one_phrase_and_hidden_runs_stand_apart() -> None:
    strings = (
        "<si><r><t>稳赚</t></r><r><rPr><sz val='6'/></rPr><t>不赔_x000D_\n，_x4FDD_本</t></r><rPh><t>wen</t></rPh></si>"
        "<si><r><t>看得见</t></r><r><rPr><color rgb='FFFFFFFF'/></rPr><t>看不见</t></r></si>"
    )
    cells = rows('<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', '<c t="s"><v>99</v></c>')
    document = read(cells, strings=strings, styles=STYLES.format(code="0"))
    assert texts(document) == ["稳赚不赔\n，保本", "看得见", "看不见"]
    looks = [segment.prominence for segment in document.segments[1:]]
    assert [look and (look.size_pt, look.hidden, look.colour) for look in looks] == [
        (6.0, False, None),
        (10.0, False, None),
        (10.0, True, "#ffffff"),
    ]


def test_each_column_is_a_script_when_the_settings_say_so() -> None:
    cells = rows(
        inline("阶段") + inline("开场") + inline("收尾"),
        inline("客户问题") + inline("你们是哪家？") + inline("还有别的吗？"),
        inline("标准话术") + inline("这里是云麓财富。") + inline("谢谢，再见。"),
    )
    options = ReadOptions(scripts_in_columns=True)
    document = readers.read("a.xlsx", packed(workbook_parts(cells)), options)
    said = [(segment.text, segment.role, segment.label, segment.record) for segment in document.segments[4:]]
    assert said == [
        ("开场", Role.UNKNOWN, "阶段", 1),
        ("你们是哪家？", Role.CUSTOMER, "客户问题", 1),
        ("这里是云麓财富。", Role.INSTITUTION, "标准话术", 1),
        ("收尾", Role.UNKNOWN, "阶段", 2),
        ("还有别的吗？", Role.CUSTOMER, "客户问题", 2),
        ("谢谢，再见。", Role.INSTITUTION, "标准话术", 2),
    ]


def test_strict_workbooks_and_other_prefixes_are_read_alike() -> None:
    parts = workbook_parts(rows(inline("稳赚")))
    strict = {
        name: str(part)
        .replace(SHEET, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, part in parts.items()
    }
    assert texts(readers.read("a.xlsx", packed(strict))) == ["稳赚"]
    sheet = f'<x:worksheet xmlns:x="{SHEET}"><x:sheetData><x:row><x:c t="str"><x:v>不赔</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    parts["xl/worksheets/sheet1.xml"] = sheet
    assert texts(readers.read("a.xlsx", packed(parts))) == ["不赔"]


def test_hidden_sheets_rows_and_columns_are_read_and_marked() -> None:
    hidden = read(rows(inline("甲")), attributes='state="veryHidden"')
    assert all(segment.prominence and segment.prominence.hidden for segment in hidden.segments)
    cells = '<cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1">{}</row><row r="2" ht="0">{}</row></sheetData>'
    document = read(cells.format(inline("甲") + inline("乙"), inline("丙")))
    assert [bool(s.prominence and s.prominence.hidden) for s in document.segments] == [False, False, True, True]


def test_what_is_not_read_is_said_and_where() -> None:
    cells = rows('<c r="B1"><f>1+1</f><v/></c>', '<c t="e" vm="1"><v>#VALUE!</v></c>')
    document = read(cells + "<headerFooter><oddHeader>&amp;G</oddHeader></headerFooter>")
    assert [str(part) for part in document.unread] == [
        "表1: 2 × picture whose text is not read (header, A2)",
        "表1: formula whose result is not stored; open and save it in Excel (B1)",
    ]


def test_a_damaged_sheet_does_not_hide_the_others() -> None:
    parts = workbook_parts(rows(inline("甲")), rows(inline("乙")))
    parts["xl/worksheets/sheet1.xml"] = str(parts["xl/worksheets/sheet1.xml"]).replace("</sheetData>", "<broken")
    document = readers.read("a.xlsx", packed(parts))
    assert texts(document) == ["甲", "乙"]
    assert [part.locator for part in document.unread] == ["表1"]
    del parts["xl/worksheets/sheet1.xml"]
    assert "missing" in str(readers.read("a.xlsx", packed(parts)).unread[0])


def test_a_document_type_in_a_sheet_is_refused() -> None:
    parts = workbook_parts(rows(inline("甲")))
    parts["xl/worksheets/sheet1.xml"] = '<!DOCTYPE a [<!ENTITY b "c">]>' + str(parts["xl/worksheets/sheet1.xml"])
    assert "document type" in str(readers.read("a.xlsx", packed(parts)).unread[0])
    parts["xl/workbook.xml"] = "<!DOCTYPE a>" + str(parts["xl/workbook.xml"])
    with pytest.raises(ReadError, match="document type"):
        readers.read("a.xlsx", packed(parts))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "not an Office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("角色,话术".encode(), "not an Office file"),
        (packed({"a.xml": "<a/>"}), "not an Excel workbook"),
        (
            packed({"_rels/.rels": relations(("o", "officeDocument", "d.xml")), "d.xml": "<document/>"}),
            "holds a document",
        ),
        (packed({"_rels/.rels": relations(("o", "officeDocument", "d.bin")), "d.bin": "x"}), "binary"),
        (packed(workbook_parts()), "no sheets"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        readers.read("a.xlsx", data)


def test_a_truncated_workbook_is_refused_or_partial() -> None:
    whole = (SAMPLES / "scripts.xlsx").read_bytes()
    for length in range(0, len(whole), 997):
        with pytest.raises(ReadError):
            readers.read("a.xlsx", whole[:length])
    for place in range(60, len(whole), 331):  # and damaged in the middle
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        try:
            readers.read("a.xlsx", bytes(damaged))
        except ReadError:
            continue


def test_a_string_used_again_and_again_stays_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_sheetextras, "MOST_CHARACTERS", 100_000)
    strings = f"<si><t>{'稳赚不赔' * 1000}</t></si>"
    document = read(rows(*['<c t="s"><v>0</v></c>'] * 1000), strings=strings)
    assert len(document.source) < 110_000
    assert "larger than what is read" in document.unread[0].reason


def test_absurd_places_and_merges_do_no_harm() -> None:
    merges = "<mergeCells>{}</mergeCells>".format('<mergeCell ref="A1:XFD1048576"/>' * 2000)
    cells = "<sheetData>{}</sheetData>".format(
        "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>第{n}条</v></c></row>' for n in range(1, 2000))
    )
    started = time.process_time()
    read(cells + merges)
    odd = '<sheetData><row r="99999999999"><c r="ZZZZ9" t="s"><v>-1</v></c><c r="" t="str"><v>乙</v></c></row><row r="0"/></sheetData>'
    assert texts(read(odd + '<cols><col min="1" max="999999999" hidden="1"/></cols>')) == ["乙"]
    assert time.process_time() - started < 10


def test_ten_thousand_rows_are_read_quickly() -> None:
    row = inline("客户") + inline("您好，这款产品不保本，收益有波动。") + "<c><v>7</v></c>"
    data = packed(workbook_parts(rows(inline("角色") + inline("话术") + inline("编号"), *[row] * 10_000)))
    started = time.process_time()
    document = readers.read("a.xlsx", data)
    assert len(document.segments) == 30_004
    assert time.process_time() - started < 6  # half a second where nothing else runs


@pytest.mark.parametrize("verb", ["disable-next", "disable-line"])
def test_a_comment_on_a_cell_silences_the_cell(verb: str) -> None:
    directive = f'scriptlint: {verb} conduct reason="引用"'
    parts = workbook_parts(
        rows(
            inline("角色") + inline("话术"),
            inline("客服") + inline("第一行\n名额只剩最后三个"),
            inline("客服") + inline("名额只剩最后三个"),
        )
    )
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations(("c", "comments", "../comments1.xml"))
    parts["xl/comments1.xml"] = (
        f'<comments xmlns="{SHEET}"><authors><author>周小安</author></authors><commentList><comment ref="B2" authorId="0">'
        f"<text><r><t>周小安:</t></r><r><t>\n{directive}</t></r></text></comment></commentList></comments>"
    )
    setup = run.prepare(Settings(), date(2026, 12, 1))
    report = run.check_scripts([Script("a.xlsx", packed(parts))], setup)
    states = {finding.locator: finding.status.state for finding in report.findings if finding.family == "conduct"}
    assert states == {"表1!B2": "suppressed", "表1!B3": "open"}


@pytest.mark.parametrize("suffix", ["xls", "xlsb", "et"])
def test_old_and_binary_workbooks_are_refused_with_what_to_do(suffix: str) -> None:
    with pytest.raises(ReadError, match="not supported") as caught:
        readers.read(f"a.{suffix}", b"anything")
    assert "save it as .xlsx" in caught.value.hint
