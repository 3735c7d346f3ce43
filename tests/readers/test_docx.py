"""What the samples of Word files do not show: settings, styles against each other, damage and attacks."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from scriptlint import readers, run
from scriptlint.config import Settings
from scriptlint.model.document import Document, ReadError, Role, Scope
from scriptlint.readers import ReadOptions
from scriptlint.run import Script
from tests.readers.make.docx import document, p, package, part, r, tbl, tc, tr

SAMPLES = Path(__file__).parent / "docx"
STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def read(body: str, *, deletions: bool = False, name: str = "a.docx", **parts: str) -> Document:
    """A document of this body; ``parts`` are further ones by their kind."""
    data = package(
        {"word/document.xml": document(body), **{f"word/{kind}.xml": xml for kind, xml in parts.items()}},
        {kind: (kind, f"{kind}.xml") for kind in parts},
        macros=name.endswith("m"),
    )
    return readers.read(name, data, ReadOptions(deletions=deletions))


def texts(document: Document) -> list[str]:
    return [segment.text for segment in document.segments]


def styled(*styles: str) -> str:
    return part("styles", "".join(styles))


# -- tracked changes ------------------------------------------------------------------------------------------


def test_deletions_are_read_when_asked_for() -> None:
    body = p(r("收益"), '<w:del w:id="1"><w:r><w:delText>稳赚不赔</w:delText></w:r></w:del>', r("随行情波动。"))
    plain, asked = read(body), read(body, deletions=True)
    assert texts(plain) == ["收益随行情波动。"]
    assert "tracked changes" in plain.notes[0]
    assert texts(asked) == ["收益随行情波动。", "稳赚不赔"]
    assert asked.segments[1].locator == "¶1 (deleted)"
    assert asked.notes == ()


def test_the_end_of_a_paragraph_that_is_taken_out_joins_it_to_the_next() -> None:
    mark = '<w:rPr><w:del w:id="1"/></w:rPr>'
    body = p("稳赚", more=mark) + p("不赔")
    assert texts(read(body)) == ["稳赚不赔"]
    assert texts(read(body, deletions=True)) == ["稳赚", "不赔"]
    assert texts(read(p("最后一段", more=mark))) == ["最后一段"]


def test_words_parted_by_a_hidden_end_of_paragraph_are_whole() -> None:
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    assert texts(read(p("稳赚", more=hidden) + p("不赔"))) == ["稳赚不赔"]
    style_separator = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    assert texts(read(p("产品简介", more=style_separator) + p("不保本。"))) == ["产品简介", "不保本。"]


# -- looks ----------------------------------------------------------------------------------------------------


def test_the_nearer_style_decides_how_large_text_is() -> None:
    styles = styled(
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="20"/></w:rPr></w:rPrDefault></w:docDefaults>',
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="B"/><w:rPr><w:sz w:val="24"/></w:rPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="d"><w:name w:val="D"/><w:basedOn w:val="b"/></w:style>',
        '<w:style w:type="character" w:styleId="c"><w:name w:val="C"/><w:rPr><w:sz w:val="10"/></w:rPr></w:style>',
    )
    body = (
        p("默认字号。")
        + p("继承字号。", style="d")
        + p(r("字符样式。", '<w:rStyle w:val="c"/>'), style="d")
        + p(r("直接格式。", '<w:rStyle w:val="c"/><w:sz w:val="13"/>'), style="d")
    )
    sizes = [segment.prominence.size_pt for segment in read(body, styles=styles).segments if segment.prominence]
    assert sizes == [10.0, 12.0, 5.0, 6.5]


def test_hidden_is_a_switch_to_styles() -> None:
    vanish = "<w:rPr><w:vanish/></w:rPr>"
    styles = styled(
        f'<w:style w:type="paragraph" w:styleId="p"><w:name w:val="P"/>{vanish}</w:style>',
        f'<w:style w:type="character" w:styleId="c"><w:name w:val="C"/>{vanish}</w:style>',
    )
    body = (
        p("段落样式隐藏。", style="p")
        + p(r("两个样式相抵。", '<w:rStyle w:val="c"/>'), style="p")
        + p(r("直接写明不隐藏。", '<w:vanish w:val="0"/>'), style="p")
    )
    found = [
        (segment.text, bool(segment.prominence and segment.prominence.hidden))
        for segment in read(body, styles=styles).segments
    ]
    assert found == [("段落样式隐藏。", True), ("两个样式相抵。", False), ("直接写明不隐藏。", False)]


def test_a_hidden_paragraph_does_not_count_as_one() -> None:
    found = read(p("甲甲甲甲，") + p(r("看不见。", "<w:vanish/>")) + p("乙乙乙乙，"))
    assert [segment.locator for segment in found.segments] == ["¶1", "after ¶1", "¶2"]


def test_styles_that_lead_in_a_circle_are_read() -> None:
    styles = styled(
        '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/><w:name w:val="A"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/><w:name w:val="heading 2"/></w:style>',
    )
    assert read(p("产品介绍", style="a"), styles=styles).segments[0].scope is Scope.HEADING


# -- who speaks -----------------------------------------------------------------------------------------------


def test_columns_headed_by_speakers_give_roles() -> None:
    rows = [tr(tc("客户"), tc("客服"))]
    rows += [tr(tc("这款产品能不能保本呢？"), tc(p("您好。") + p("这款产品不保证本金的。"))) for _ in range(2)]
    roles = [segment.role for segment in read(tbl(*rows)).segments]
    assert roles == [Role.UNKNOWN, Role.UNKNOWN, *([Role.CUSTOMER, Role.INSTITUTION, Role.INSTITUTION] * 2)]


def test_a_table_of_one_cell_is_layout_and_its_dialogue_is_heard() -> None:
    cell = p("客户：能保本吗？") + p("客服：不能保本。")
    found = read(tbl(tr(tc(cell)))).segments
    assert [(segment.role, segment.text) for segment in found] == [
        (Role.CUSTOMER, "能保本吗？"),
        (Role.INSTITUTION, "不能保本。"),
    ]
    assert {segment.locator for segment in found} == {"table 1 R1C1"}


def test_no_two_tables_share_a_record() -> None:
    inner = tbl(tr(tc("甲"), tc("乙")))
    body = tbl(tr(tc("一"), tc(inner + "<w:p/>")), tr(tc("二"), tc("三"))) + tbl(tr(tc("四"), tc("五")))
    records = {segment.text: segment.record for segment in read(body).segments}
    assert records["甲"] == records["乙"]
    assert len({records[word] for word in "一二甲四"}) == 4


# -- comments -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["disable-next", "disable-line"])
def test_a_comment_silences_the_paragraph_it_is_put_on(verb: str) -> None:
    directive = f'scriptlint: {verb} conduct reason="引用"'
    comments = part("comments", f'<w:comment w:id="0">{p(directive)}</w:comment>')
    marked = '<w:commentRangeStart w:id="0"/>' + r("名额只剩最后三个。") + '<w:commentRangeEnd w:id="0"/>'
    body = p("前一段不相干。") + p(marked) + p("下一段也说名额只剩最后三个。")
    data = package(
        {"word/document.xml": document(body), "word/comments.xml": comments},
        {"c": ("comments", "comments.xml")},
    )
    setup = run.prepare(Settings(), date(2026, 12, 1))
    findings = run.examine(Script("a.docx", data), setup).findings
    found = [(finding.locator, finding.status.state) for finding in findings if finding.family == "conduct"]
    assert found == [("¶2", "suppressed"), ("¶3", "open")]


def test_a_comment_may_state_the_context() -> None:
    comments = part("comments", f'<w:comment w:id="0">{p("scriptlint: kind=sms product=fund")}</w:comment>')
    found = read(p("您好。", '<w:r><w:commentReference w:id="0"/></w:r>'), comments=comments)
    assert found.front_matter == {"kind": ("sms",), "product": ("fund",)}


# -- other kinds of the same ----------------------------------------------------------------------------------


def test_strict_office_xml_is_read_like_the_ordinary_kind() -> None:
    data = (SAMPLES / "parts.docx").read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith((".xml", ".rels")):
                for ordinary, strict in STRICT.items():
                    content = content.replace(ordinary.encode(), strict.encode())
            new.writestr(name, content)
    assert texts(readers.read("a.docx", out.getvalue())) == texts(readers.read("a.docx", data))


def test_macros_are_told() -> None:
    data = package(
        {"word/document.xml": document(p("您好。")), "word/vbaProject.bin": b"code"},
        {"v": ("vbaProject", "vbaProject.bin")},
        macros=True,
    )
    found = readers.read("a.docm", data)
    assert texts(found) == ["您好。"]
    assert "macros" in found.notes[0]
    assert found.unread == ()


def test_a_field_that_never_ends_hides_nothing() -> None:
    opened = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    found = read(p("您好。", opened, "稳赚不赔。") + p("绝对保本。"))
    assert texts(found) == ["您好。", "稳赚不赔。", "绝对保本。"]


def test_a_long_document_is_read_in_time_that_grows_with_it() -> None:
    rows = "".join(tr(tc(f"问题{number}"), tc("您好，这款产品不保本，请仔细阅读说明书。")) for number in range(3000))
    found = read("".join(p(f"第{number}段，您好。") for number in range(5000)) + tbl(rows))
    assert len(found.segments) == 5000 + 6000
    assert found.segments[4999].locator == "¶5000"


# -- damage and attacks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.7, 0.95, 0.999])
def test_a_truncated_file_is_refused(share: float) -> None:
    data = (SAMPLES / "parts.docx").read_bytes()
    with pytest.raises(ReadError) as caught:
        readers.read("a.docx", data[: int(len(data) * share)])
    assert caught.value.hint


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        ("这其实是纯文本。".encode(), "not an Office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old Office file"),
        (package({"word/document.xml": "<w:wrong xmlns:w='x'/>"}, {}), "holds a wrong"),
        (package({"word/document.xml": "<w:document"}, {}), "damaged"),
        (package({"word/other.xml": "<a/>"}, {}), "not a Word document"),
        (
            package({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]>' + document("&b;")}, {}),
            "declares a document type",
        ),
        (package({"word/document.xml": document("<w:ins>" * 500 + "</w:ins>" * 500)}, {}), "nested deeper"),
        (package({"word/document.xml": document(" " * 50_000_000)}, {}), "unpacks to far more"),
    ],
    ids=["empty", "text", "encrypted", "old", "wrong-root", "not-xml", "no-main", "dtd", "deep", "bomb"],
)
def test_what_is_no_sound_word_file_is_refused_with_a_hint(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        readers.read("a.docx", data)
    assert caught.value.hint


def test_deep_nesting_that_is_allowed_crashes_nothing() -> None:
    boxes = p("最里面")
    for _ in range(90):
        boxes = p(f"<w:r><w:pict><w:txbxContent>{boxes}</w:txbxContent></w:pict></w:r>")
    assert texts(read(boxes)) == ["最里面"]


def test_damaged_parts_beside_the_text_are_unread() -> None:
    found = read(p("您好。"), comments="<w:comments", styles="<w:styles", footnotes="<w:footnotes")
    assert texts(found) == ["您好。"]
    assert {part.locator for part in found.unread} == {"comments", "styles", "footnotes"}


def test_a_note_and_a_file_that_are_missing_are_unread() -> None:
    found = read(p("您好。", '<w:r><w:footnoteReference w:id="3"/></w:r>') + '<w:altChunk r:id="none"/>')
    assert [str(part) for part in found.unread] == [
        "an inserted file that is missing",
        "footnote 1: this note is missing from the file",
    ]
