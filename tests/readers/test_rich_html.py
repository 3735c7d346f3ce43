"""What is seen of a page, and what becomes of a break: cases beside the samples."""

from __future__ import annotations

import pytest

from scriptlint import readers
from scriptlint.model.document import Document


def read(name: str, text: str) -> Document:
    return readers.read(name, text.encode())


def hidden(name: str, text: str) -> list[str]:
    return [
        segment.text
        for segment in read(name, text).segments
        if segment.prominence is not None and segment.prominence.hidden
    ]


@pytest.mark.parametrize("name", ["a.html", "a.md"])
@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY : NONE !important",
        "visibility:hidden",
        "opacity:0.0",
        "font-size:0",
        "font-size:0.1px",
        "color:#fff",
        "color:rgb(255, 254, 253)",
        "color:transparent",
        "color:yellow;background:#ff0",
        "text-indent:-9999px",
        "position:absolute;left:-9999em",
        "height:0;overflow:hidden",
        "clip-path:inset(50%)",
        "transform:scale(0)",
    ],
)
def test_styles_that_hide(name: str, style: str) -> None:
    assert hidden(name, f'看得见<span style="{style}">看不见</span>看得见') == ["看不见"]


@pytest.mark.parametrize("name", ["a.html", "a.md"])
@pytest.mark.parametrize(
    "style",
    [
        "display:block",
        "opacity:0.5",
        "color:#fff;background:#000",
        "color:var(--x)",
        "font-size:calc(1px)",
        "color:#ffe",
    ],
)
def test_styles_that_do_not_hide(name: str, style: str) -> None:
    assert hidden(name, f'看得见<span style="{style}">也看得见</span>') == []


@pytest.mark.parametrize(
    ("rule", "seen"),
    [
        ("span{display:none}", False),
        (".a.b{display:none}", False),
        (".a.c{display:none}", True),
        ("#x>span{display:none}", False),
        ("p .a , h1{display:none}", True),
        ("div .a{display:none}.a{display:inline}", False),
        (".a{display:none!important}#y{display:inline}", False),
        (".a{display:none}#y{display:inline}", True),
        ("@media print{.a{display:none}}", True),
        ("@media screen{.a{display:none}}", False),
        ("@supports (display:grid){.a{display:none}}", False),
        (".a:hover{display:none}", True),
        ("/* .a{display:none} */", True),
        ("}{.a{display:none}", True),
    ],
)
def test_rules_of_a_stylesheet(rule: str, seen: bool) -> None:
    page = f'<style>{rule}</style><div id="x"><span class="a b" id="y">字</span></div>'
    assert (hidden("a.html", page) == []) is seen


@pytest.mark.parametrize("name", ["a.html", "a.md"])
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("保证收<br>益很高", ["保证收益很高"]),
        ("本产品稳<br>赚不赔", ["本产品稳赚不赔"]),
        ("这是一句话，<br>还没有完", ["这是一句话，还没有完"]),
        ("说完了。<br>又一句", ["说完了。\n又一句"]),
        ("期限：九十天<br>起点：一万元<br>费率：见说明书", ["期限：九十天\n起点：一万元\n费率：见说明书"]),
        ("产品名称 晨光一号<br>风险等级 R2<br>起购金额 1 万元", ["产品名称 晨光一号\n风险等级 R2\n起购金额 1 万元"]),
        ("guaranteed<br>return", ["guaranteed\nreturn"]),
    ],
)
def test_a_break_ends_a_line_or_lays_a_phrase_out(name: str, text: str, lines: list[str]) -> None:
    assert [segment.text for segment in read(name, text).segments] == lines


@pytest.mark.parametrize(
    ("image", "unread", "noted"),
    [
        ('<img src="poster.jpg">', 1, 0),
        ('<img src="poster.jpg" alt="海报">', 1, 0),
        ('<img src="poster.jpg" alt="poster-01.JPG">', 1, 0),
        ('<img src="poster.jpg" alt="晨光一号，稳健之选">', 0, 0),
        ('<img src="poster.jpg" alt="">', 0, 1),
        ('<img src="poster.jpg" alt="" width="600">', 1, 0),
        ('<img src="a.jpg" style="width:20px">', 0, 1),
        ('<img src="/static/icon-phone.png?v=2">', 0, 1),
        ('<img src="emoticon.png">', 1, 0),
        ('<img src="a.jpg" hidden>', 0, 0),
        ('<img src="data:image/gif;base64,R0lGOD">', 0, 1),
    ],
)
def test_pictures(image: str, unread: int, noted: int) -> None:
    for name in ("a.html", "a.md"):
        document = read(name, f"字 {image}")
        assert (len(document.unread), len(document.notes)) == (unread, noted), name


def test_many_pictures_are_told_in_few_lines() -> None:
    document = read("a.html", "字" + "<img src=a.jpg>" * 500)
    assert len(document.unread) == 11
    assert document.unread[-1].reason == "490 more of this kind: a picture without words for it"


def test_a_stylesheet_elsewhere_is_told() -> None:
    document = read("a.html", '<link rel="stylesheet" href="a.css"><p>字')
    assert document.notes == ("what stylesheets in other files hide is taken for shown",)


def test_pages_inside_pages_end() -> None:
    page = "最里面"
    for _ in range(6):
        page = '<iframe srcdoc="' + page.replace("&", "&amp;").replace('"', "&quot;") + '"></iframe>'
    assert [part.reason for part in read("a.html", page).unread] == ["pages inside pages inside pages"]


def test_hostile_pages_take_no_time() -> None:
    for page in (
        "<style>" + ".a{" * 20_000 + "</style><p>字",
        "<style>" + ".a .b{color:red}" * 20_000 + "</style>" + "<p class=b>" * 2_000,
        "<p style='" + "color:" * 50_000 + "'>字",
        "<div style='color:red'>" * 5_000 + "字",
        "<script>" + '"保' * 50_000,
        "<!--[if mso]>" * 2_000,
        "字<br>" * 20_000,
    ):
        read("a.html", page)
        read("a.md", page)
