"""What a PDF can do to its text, to its reader, and to the machine that reads it."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
import zlib

import pytest

from scriptlint import readers
from scriptlint.model.document import Document, ReadError, Scope
from scriptlint.readers import ReadOptions
from tests.readers.make.pdf import handmade
from tests.readers.raw_pdf import RawPage, at, pdf, shown

MAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def
1 begincodespacerange <0000> <FFFF> endcodespacerange
4 beginbfchar <0001> <2F3E> <0002> <2ED3> <0003> <2F2D> <0004> <0066006C> endbfchar endcmap end end"""


def read(data: bytes) -> Document:
    return readers.read("a.pdf", data)


def texts(document: Document) -> list[str]:
    return [segment.text for segment in document.segments]


def numbered_font(with_map: bool) -> RawPage:
    """A page in a font that numbers its glyphs, with or without saying what they are."""
    mapping = "/ToUnicode {0}" if with_map else ""
    font = (
        f"/Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H {mapping} /DescendantFonts [<< /Type /Font "
        "/Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        "/DW 1000 >>]"
    )
    return RawPage(
        "BT /F2 12 Tf 40 500 Td <0001000200030004> Tj ET " + at(40, 400, "别的字"),
        resources="/Font << /F1 3 0 R /F2 {1} >>",
        objects=[("", MAP.encode()), (font, None)],
    )


def test_a_claim_over_two_lines_is_one_phrase_at_its_place() -> None:
    document = read(pdf([RawPage(at(40, 500, "我们向您郑重承诺一定会保证收") + at(40, 482, "益，请您放心。"))]))
    assert texts(document) == ["我们向您郑重承诺一定会保证收益，请您放心。"]
    assert document.segments[0].locator == "p1"
    assert document.position(document.source.index("保证收益")).column == 12


def test_lines_that_were_ended_are_not_joined() -> None:
    names = ["产品名称", "稳健一号人民币理财产品", "风险等级"]
    page = "".join(at(40, 300 - 18 * index, name) for index, name in enumerate(names))
    body = "".join(at(40, 500 - 40 * index, "长长的一行文字" * 4) for index in range(3))
    assert texts(read(pdf([RawPage(body + page)])))[3:] == names


def test_words_drawn_apart_touch_again() -> None:
    page = at(40, 500, "稳赚") + at(76, 500, "赔") + at(64, 500, "不", 12, "1 0 0 rg")
    bold = at(40, 400, "重影的字") + at(40.3, 400, "重影的字")
    spaced = "BT /F1 12 Tf 40 300 Td [" + "-800".join(map(shown, "字距很大")) + "] TJ ET"
    assert texts(read(pdf([RawPage(page + bold + spaced)]))) == ["稳赚不赔", "重影的字", "字 距 很 大"]


def test_text_drawn_from_the_bottom_up_is_read_from_the_top() -> None:
    lines = ["第一行的文字。", "第二行的文字。", "第三行的文字。", "第四行的文字。"]
    page = "".join(at(40, 500 - 40 * index, lines[index]) for index in (3, 2, 1, 0))
    assert texts(read(pdf([RawPage(page)]))) == lines


@pytest.mark.parametrize(
    ("turn", "matrix"), [(0, "0 1 -1 0 300 100"), (90, "0 1 -1 0 300 100"), (270, "1 0 0 1 40 300")]
)
def test_turned_text_and_pages_are_read(turn: int, matrix: str) -> None:
    page = f"BT /F1 12 Tf {matrix} Tm {shown('竖着写的字')} Tj 0 -18 Td {shown('又一行。')} Tj ET"
    document = read(pdf([RawPage(page, entries=f"/Rotate {turn}")]))
    assert "".join(texts(document)) == "竖着写的字又一行。"
    assert not any(segment.prominence and segment.prominence.hidden for segment in document.segments)


def test_radicals_and_ligatures_are_the_characters_they_look_like() -> None:
    assert texts(read(pdf([numbered_font(True)])))[0] == "户长山fl"


def test_glyphs_without_meaning_are_unread_not_guessed() -> None:
    document = read(pdf([numbered_font(False)]))
    assert texts(document) == ["别的字"]
    assert [str(part) for part in document.unread] == ["p1: 4 characters, for their font does not say what they are"]


def test_the_text_of_a_scan_counts_as_shown_with_a_warning() -> None:
    image = ("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\x80")
    page = RawPage(
        "q 420 0 0 595 0 0 cm /Im1 Do Q " + at(40, 500, "扫描件里的字", 12, "3 Tr"),
        resources="/XObject << /Im1 {0} >>",
        objects=[image],
    )
    document = read(pdf([page]))
    assert document.segments[0].prominence is not None
    assert not document.segments[0].prominence.hidden
    assert document.unread == ()
    assert "recognised by machine" in document.notes[0]


def test_a_switched_off_layer_is_hidden() -> None:
    page = RawPage(
        "/OC /L1 BDC " + at(40, 500, "隐藏图层里的字") + "EMC " + at(40, 300, "看得见的字"),
        resources="/Properties << /L1 500 0 R >>",
    )
    root = "/OCProperties << /OCGs [500 0 R] /D << /OFF [500 0 R] >> >>"
    document = read(pdf([page], root=root, objects={500: "<< /Type /OCG /Name (x) >>"}))
    looks = {segment.text: segment.prominence for segment in document.segments}
    assert {text: bool(look and look.hidden) for text, look in looks.items()} == {
        "隐藏图层里的字": True,
        "看得见的字": False,
    }


def test_shapes_without_text_are_unread() -> None:
    document = read(pdf([RawPage("10 10 m 20 20 l S " * 100)]))
    assert [part.reason for part in document.unread] == [
        "this page holds drawings but no text: letters may be drawn as shapes"
    ]


def test_a_damaged_page_leaves_the_others() -> None:
    good, bad = RawPage(at(40, 500, "好的一页")), RawPage(at(40, 500, "坏的一页"))
    data = pdf([good, bad, good])
    broken = bytearray(data)
    start = broken.rindex(b"stream\n", 0, broken.rindex(b"6 0 obj") if b"6 0 obj" in broken else None)
    assert start > 0
    packed = zlib.compress(bad.content.encode("latin-1"))
    place = data.index(packed)
    broken[place : place + len(packed)] = b"\xff" * len(packed)
    document = read(bytes(broken))
    assert texts(document) == ["好的一页", "好的一页"]
    assert [part.locator for part in document.unread] == ["p2"]


def test_only_so_many_pages_and_operators(monkeypatch: pytest.MonkeyPatch) -> None:
    from scriptlint.readers import _pdffile

    data = pdf([RawPage(at(40, 500, f"第{number}页的话")) for number in range(5)])
    monkeypatch.setattr(_pdffile, "MOST_PAGES", 2)
    document = read(data)
    assert len(document.segments) == 2
    assert [part.reason for part in document.unread] == ["3 of 5 pages, for no more than 2 are read"]
    monkeypatch.setattr(_pdffile, "MOST_PAGES", 100)
    monkeypatch.setattr(_pdffile, "MOST_OPERATORS", 8)
    document = read(data)
    assert texts(document) == ["第0页的话"]
    assert any("pages 3 to 5" in part.reason for part in document.unread)


def test_a_form_that_draws_itself_ends() -> None:
    form = ("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {0} >> >>", b"/X Do /X Do")
    document = read(pdf([RawPage("/X Do " + at(40, 500, "字"), resources="/XObject << /X {0} >>", objects=[form])]))
    assert "字" in texts(document)


def encrypted(password: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([RawPage(at(40, 500, "加了密的字"))]))))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_password_is_an_error_with_its_cure_and_mere_protection_is_none() -> None:
    with pytest.raises(ReadError, match="this PDF is encrypted") as caught:
        read(encrypted("secret"))
    assert "remove the password" in caught.value.hint
    assert texts(read(encrypted(""))) == ["加了密的字"]


@pytest.mark.parametrize(
    "data", [b"", b"text", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"PK\x03\x04", b"%PDF-" + b"\xff" * 999]
)
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError):
        read(data)


def test_cut_off_files_are_refused_or_told() -> None:
    data = handmade()
    for length in range(0, len(data), 97):
        with contextlib.suppress(ReadError):
            assert read(data[:length]).unread


def test_flipped_bytes_never_crash() -> None:
    data = handmade()
    for place in range(0, len(data), 41):
        broken = bytearray(data)
        broken[place] ^= 0x15
        with contextlib.suppress(ReadError):
            read(bytes(broken))


def test_attached_files_are_read_with_their_place() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([RawPage(at(40, 500, "正文"))]))))
    writer.add_attachment("话术.txt", "标题\n\n这款产品稳赚不赔。".encode())
    writer.add_attachment("a.mp4", b"\x00\x01")
    out = io.BytesIO()
    writer.write(out)
    document = read(out.getvalue())
    assert [(segment.text, segment.locator) for segment in document.segments][-1] == (
        "这款产品稳赚不赔。",
        "attachment 话术.txt / line 3",
    )
    assert [str(part) for part in document.unread] == ["attachment a.mp4: .mp4 files are not supported yet"]


def test_comments_can_suppress_and_are_comments() -> None:
    document = read(handmade())
    assert [segment.text for segment in document.segments if segment.scope is Scope.COMMENT] == [
        "这句要改：保本二字不能用"
    ]


def test_reading_other_formats_does_not_load_pypdf_and_its_lack_is_told() -> None:
    code = (
        "import sys, scriptlint.readers as r; r.suffixes(); r.read('a.txt', b'x');"
        "assert not [name for name in sys.modules if name.startswith('pypdf')];"
        "sys.modules['pypdf'] = None\n"
        "try: r.read('a.pdf', b'%PDF-')\n"
        "except r.ReadError as error: print(error.hint)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 'pip install "scriptlint[pdf]"' in done.stdout


def test_reading_is_quiet(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    data = pdf([RawPage(at(40, 500, "字"))])
    read(data.replace(b"startxref\n", b"startxref\n9"))
    assert caplog.text == ""
    assert capsys.readouterr() == ("", "")
    assert readers.read("a.pdf", data, ReadOptions()).segments
