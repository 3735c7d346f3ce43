"""``check --fix``, ``--unsafe-fixes`` and ``--diff``: what is written, what is printed, what stays as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scriptlint.cli import _fix
from scriptlint.run import Script
from tests.cli.conftest import Desk
from tests.readers.make.docx import document, p, package

RULES = {
    "privacy/number.yaml": """\
id: number
title: 手机号
family: privacy
verdict: violation
speaker: any
detect: {entities: [mobile]}
message: "「{match}」是手机号。"
suggest: 遮盖。
basis: practice
examples:
  fail: ["手机[[13900005518]]"]
  pass: ["手机139****5518"]
""",
    "risk-warning/warning.yaml": """\
id: warning
title: 没有提示
family: risk-warning
verdict: violation
require: {when: [值得买], say: [有风险], insert: 投资有风险。}
message: "「{match}」没有提示。"
suggest: 写明风险。
basis: practice
examples:
  fail: ["这只[[值得买]]。"]
  pass: ["这只值得买，有风险。"]
""",
}
BAD = "这只值得买。\r\n手机13900005518\n"
MASKED = "这只值得买。\r\n手机139****5518\n"
WARNED = "这只值得买。投资有风险。\r\n手机139****5518\n"


@pytest.fixture
def shop(desk: Desk) -> Desk:
    for name, text in RULES.items():
        desk.write(f"../packs/zz/{name}", text)
    return desk


def test_safe_fixes_are_written_and_the_code_is_by_what_is_left(shop: Desk) -> None:
    path = shop.write("a.txt", BAD)
    done = shop.run("check", "--fix")
    assert path.read_bytes() == MASKED.encode()
    assert (done.code, done.err) == (1, "1 findings fixed in 1 files\n")
    assert "zz/number" not in done.out
    assert "可改: 加入“投资有风险。” (--fix --unsafe-fixes)" in done.out
    done = shop.run("check", "--fix", "--unsafe-fixes", "--quiet")
    assert path.read_bytes() == WARNED.encode()
    assert (done.code, done.out, done.err) == (0, "", "")


def test_a_diff_writes_nothing_and_shows_no_number(shop: Desk) -> None:
    path = shop.write("a.txt", BAD)
    done = shop.run("check", "--diff", "--unsafe-fixes")
    assert path.read_bytes() == BAD.encode()
    assert done.code == 1
    assert done.err == "2 findings would be fixed in 1 files\n"
    assert done.out == (
        "--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n"
        "-这只值得买。\n-手机***********\n+这只值得买。投资有风险。\n+手机139****5518\n"
    )


def test_standard_input_goes_to_standard_output(shop: Desk) -> None:
    done = shop.run(
        "check",
        "--fix",
        "--unsafe-fixes",
        "-",
        "--stdin-filename",
        "b.txt",
        stdin=BAD.encode("gb18030"),
        encoding="gb18030",
    )
    assert done.out.encode("gb18030") == WARNED.encode("gb18030")
    assert done.code == 0
    assert not (shop.cwd / "b.txt").exists()


def test_a_link_stays_a_link_and_rights_stay(shop: Desk) -> None:
    path = shop.write("texts/a.txt", BAD)
    path.chmod(0o640)
    link = shop.cwd / "l.txt"
    link.symlink_to("texts/a.txt")
    shop.run("check", "--fix", "l.txt")
    assert link.is_symlink()
    assert path.read_bytes() == MASKED.encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(path.parent)) == ["a.txt"]


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"new")
    problem = _fix.written(path, Script("a.txt", b"old", path), b"fixed")
    assert problem is not None
    assert problem.severity == "unread"
    assert path.read_bytes() == b"new"


def test_office_files_are_not_touched_and_told(shop: Desk) -> None:
    data = package({"word/document.xml": document(p("手机13900005518，值得买。"))}, {})
    path = shop.write("a.docx", data)
    done = shop.run("check", "--fix", "--unsafe-fixes")
    assert path.read_bytes() == data
    assert done.code == 1
    assert "fixes are written into text files only" in done.out
    assert "scriptlint review" in done.out


def test_unsafe_fixes_alone_is_a_wrong_call(shop: Desk) -> None:
    done = shop.run("check", "--unsafe-fixes")
    assert done.code == 2
    assert "goes with --fix" in done.err


def test_json_holds_the_fixes_as_the_file_writes_them(shop: Desk) -> None:
    shop.write("a.md", "手机13900005518\n")
    done = shop.run("check", "--format", "jsonl")
    assert (
        r'"fixes": [{"tier": "safe", "description": "遮盖手机号", "edits": [{"start": 5, "end": 9, "text": "\\*\\*\\*\\*"}]}]'
        in done.out
    )
