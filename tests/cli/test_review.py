"""``scriptlint review``: copies with comments, and what it refuses."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Desk
from tests.readers.make.docx import PICTURE, document, drawing, p, package, r

BAD = package({"word/document.xml": document(p(r("这款理财保证"), r("收益。", "<w:b/>")))}, {})


def comments(path: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        xml = archive.read("word/comments.xml").decode()
    return "\n".join(re.findall(r"<w:t [^>]*>([^<]*)</w:t>", xml))


def test_each_open_finding_is_a_comment_and_the_code_is_that_of_check(desk: Desk) -> None:
    source = desk.write("a.docx", BAD)
    done = desk.run("review", "a.docx", "-o", "b.docx")
    assert (done.code, done.out, done.err) == (1, "", "1 comments written to b.docx\n")
    assert desk.run("check", "a.docx").code == 1
    assert source.read_bytes() == BAD
    said = comments(desk.cwd / "b.docx")
    assert (
        said
        == "错误 zz/promised-return\n「保证收益」承诺收益。\n依据：《示例条例》(示例〔2020〕1号) 第一条\n建议：写明收益会变动。"
    )
    assert desk.run("extract", "b.docx").out.count("comment unknown") == 1


def test_the_language_and_the_context_are_those_of_the_call(desk: Desk) -> None:
    desk.write("a.docx", BAD)
    assert desk.run("review", "a.docx", "-o", "b.docx", "--lang", "en").code == 1
    assert "promises a return" in comments(desk.cwd / "b.docx")
    assert desk.run("review", "a.docx", "-o", "c.docx", "--product", "deposit").code == 0
    assert (desk.cwd / "c.docx").read_bytes() == BAD


def test_a_file_read_in_part_is_copied_and_told(desk: Desk) -> None:
    body = p("我们保证收益。") + p(drawing("picture", PICTURE))
    desk.write("a.docx", package({"word/document.xml": document(body)}, {}))
    done = desk.run("review", "a.docx", "-o", "b.docx")
    assert done.code == 3
    assert "after ¶1: a picture" in done.err
    assert "1 comments written" in done.err


def test_nothing_is_overwritten_unless_asked(desk: Desk) -> None:
    desk.write("a.docx", BAD)
    kept = desk.write("b.docx", b"kept")
    done = desk.run("review", "a.docx", "-o", "b.docx")
    assert done.code == 2
    assert "--force" in done.err
    assert kept.read_bytes() == b"kept"
    assert desk.run("review", "a.docx", "-o", "b.docx", "--force").code == 1
    assert kept.read_bytes() != b"kept"
    done = desk.run("review", "a.docx", "-o", "a.docx", "--force")
    assert done.code == 2
    assert "never changed" in done.err
    assert (desk.cwd / "a.docx").read_bytes() == BAD


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("a.txt", "-o", "b.txt"), "not into .txt files"),
        (("a.docx", "-o", "b.docm"), 'must end in ".docx" too'),
        (("none.docx", "-o", "b.docx"), 'cannot read "none.docx"'),
        (("a.docx", "-o", "none/b.docx"), "there is no folder"),
        (("a.docx",), "--output"),
        (("a.docx", "-o", "b.docx", "--select", "nothing"), "nothing"),
    ],
)
def test_a_call_that_cannot_be_done(desk: Desk, args: tuple[str, ...], said: str) -> None:
    desk.write("a.docx", BAD)
    desk.write("a.txt", "我们保证收益。")
    done = desk.run("review", *args)
    assert done.code == 2
    assert said in done.err
    assert not (desk.cwd / "b.docx").exists()


def test_a_file_that_cannot_be_read_gives_no_copy(desk: Desk) -> None:
    desk.write("a.docx", BAD[:200])
    done = desk.run("review", "a.docx", "-o", "b.docx")
    assert done.code == 3
    assert "a.docx" in done.err
    assert not (desk.cwd / "b.docx").exists()


def test_a_workbook_gets_comments_and_a_list(desk: Desk) -> None:
    from tests.readers.office import inline, packed, rows, workbook_parts

    parts = workbook_parts(rows(inline("我们保证收益。")))
    parts["[Content_Types].xml"] = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    desk.write("a.xlsx", packed(parts))
    done = desk.run("review", "a.xlsx", "-o", "b.xlsx")
    assert (done.code, done.out, done.err) == (1, "", "1 comments written to b.xlsx\n")
    text = desk.run("extract", "b.xlsx").out
    assert "comment unknown (表1!A1 comment) § 表1 | 错误 zz/promised-return" in text
    assert "(合规检查!F2)" in text
