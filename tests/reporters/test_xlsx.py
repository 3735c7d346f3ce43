"""The workbook, read again by another library: what stands in it, and that nothing in it is ever run."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from typing import Any

import pytest

from tests.cli.conftest import Desk
from tests.cli.conftest import desk as desk

pytest.importorskip("xlsxwriter", reason='XlsxWriter is not installed: pip install -e ".[xlsx]"')
openpyxl = pytest.importorskip("openpyxl")
FORMULAS = ("=cmd|'/c calc'!A1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("x")', "{=1}")
PHONE = "13800001234"


def workbook(desk: Desk, *args: str) -> Any:
    done = desk.run("check", "--as-of", "2026-11-24", "--format", "xlsx=report.xlsx", *args)
    assert "Traceback" not in done.err
    assert "internal error" not in done.err
    return openpyxl.load_workbook(desk.cwd / "report.xlsx")


def rows(sheet: Any) -> list[dict[str, Any]]:
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_the_list_can_be_worked_through(desk: Desk) -> None:
    desk.write("a.txt", "我们保证收益，这是老掉牙的话。\n")
    book = workbook(desk, "a.txt")
    assert book.sheetnames == ["概览", "问题", "文件"]
    assert book.active.title == "问题"
    sheet = book["问题"]
    first, second = rows(sheet)
    assert (first["编号"], first["级别"], first["类别"], first["文件"], first["位置"]) == (
        1,
        "错误",
        "收益宣传",
        "a.txt",
        "1:3",
    )
    assert (first["原文"], first["问题"], first["建议"]) == ("保证收益", "「保证收益」承诺收益。", "写明收益会变动。")
    assert first["依据"] == "《示例条例》(示例〔2020〕1号) 第一条"
    assert (first["规则"], first["状态"]) == ("zz/promised-return\n承诺收益", "待处理")
    assert second["级别"] == "提示"
    assert sheet.freeze_panes == "F2"
    assert sheet.auto_filter.ref == "A1:O3"
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.type, choice.formula1, str(choice.sqref)) == ("list", '"误报,确认,豁免"', "J2:J3")
    assert sheet["J1"].value == "决定"
    assert all(cell.alignment.wrap_text for cell in sheet[2])
    assert book["概览"]["B17"].value == "=COUNTBLANK('问题'!$J$2:$J$3)"


def test_it_speaks_english(desk: Desk) -> None:
    desk.write("a.txt", "我们保证收益。\n")
    book = workbook(desk, "a.txt", "--lang", "en")
    assert book.sheetnames == ["Summary", "Findings", "Files"]
    (row,) = rows(book["Findings"])
    assert (row["Level"], row["Finding"]) == ("error", "“保证收益” promises a return.")
    assert book["Findings"].data_validations.dataValidation[0].formula1 == '"false alarm,confirmed,waive"'


def test_nothing_that_comes_from_a_script_is_a_formula_or_a_link(desk: Desk) -> None:
    for number, text in enumerate(FORMULAS):
        desk.write(f"={number}+1 http:x.txt", f"{text}我们保证收益。\n")
    desk.write("links.txt", "https://example.com/我们保证收益\n")
    desk.write("waivers.yaml", "- {rule: promised-return, path: links.txt, text: 保证收益, reason: '=1+1',"
               " approver: '@x', ticket: '+1', expires: 2027-01-01}\n")  # fmt: skip
    book = workbook(desk, ".", "--waivers", "waivers.yaml")
    for name in ("问题", "文件"):
        for row in book[name].iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), (name, cell.coordinate, cell.value)
                assert cell.hyperlink is None
    assert "=0+1 http:x.txt" in {row["文件"] for row in rows(book["问题"])}
    with zipfile.ZipFile(desk.cwd / "report.xlsx") as package:
        assert not [name for name in package.namelist() if "external" in name.lower() or "vba" in name.lower()]


def test_odd_characters_make_no_broken_workbook(desk: Desk) -> None:
    desk.write(
        "a.json",
        '["\\u0000\\u0001\\ud800\\uffff我们保证\\u200b收益\\u202e", "_x0041_我们承诺收益' + "长" * 40_000 + '"]',
    )
    book = workbook(desk, "a.json")
    for row in rows(book["问题"]):
        assert "\u202e" not in str(row)
        assert "\x00" not in str(row)


def test_what_was_not_read_has_its_place(desk: Desk) -> None:
    desk.write("broken.docx", b"PK\x03\x04 nothing")
    desk.write("a.txt", "您好。\n")
    book = workbook(desk, ".")
    assert book.sheetnames == ["概览", "问题", "文件", "未检查内容"]
    by_path = {row["文件"]: row for row in rows(book["文件"])}
    assert by_path["broken.docx"]["状态"] == "未能读取"
    assert by_path["broken.docx"]["没有读到的内容"]
    assert by_path["a.txt"]["状态"] == "已检查"
    assert rows(book["未检查内容"])[0]["位置"] == "broken.docx"


def test_no_findings_is_a_workbook_too(desk: Desk) -> None:
    desk.write("a.txt", "您好。\n")
    book = workbook(desk, "a.txt")
    assert rows(book["问题"]) == []


def test_no_personal_data_gets_out(desk: Desk) -> None:
    desk.write("a.txt", f"客户 {PHONE} 我们保证收益。\n# {PHONE}\n")
    desk.write(".scriptlint.yaml", "rules-paths: [../packs]\n")
    workbook(desk, "a.txt")
    with zipfile.ZipFile(io.BytesIO((desk.cwd / "report.xlsx").read_bytes())) as package:
        assert PHONE not in "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def test_two_runs_give_the_same_bytes_and_the_exit_code_stays(desk: Desk) -> None:
    desk.write("a.txt", "我们保证收益。\n")
    codes = [desk.run("check", "a.txt", "--as-of", "2026-11-24", "--format", f"xlsx={name}").code for name in "xy"]
    assert codes == [1, 1]
    assert (desk.cwd / "x").read_bytes() == (desk.cwd / "y").read_bytes()


def test_it_needs_a_file(desk: Desk) -> None:
    desk.write("a.txt", "您好。\n")
    done = desk.run("check", "a.txt", "--format", "xlsx")
    assert done.code == 2
    assert "xlsx is not text; give it a file: --format xlsx=FILE" in done.err


def test_a_missing_library_is_said_before_the_check(desk: Desk) -> None:
    desk.write("a.txt", "我们保证收益。\n")
    hide = "import sys; sys.modules['xlsxwriter'] = None; from scriptlint.cli import main; sys.exit(main())"
    for lacking in (hide, hide.replace("sys.modules['xlsxwriter'] = None", _HIDDEN)):
        done = subprocess.run(
            [sys.executable, "-c", lacking, "check", "a.txt", "--format", "xlsx=r.xlsx"],
            cwd=desk.cwd, env=desk.environ(None), capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert 'pip install "scriptlint[xlsx]"' in done.stderr.decode()
        assert b"Traceback" not in done.stderr


_HIDDEN = (
    "import importlib.util as u; old = u.find_spec;"
    " u.find_spec = lambda name, *rest: None if name == 'xlsxwriter' else old(name, *rest)"
)
