"""Several reports in one run, as users, hooks and build servers ask for them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Desk

BAD = "各位客户，这款理财保证收益。\n"
GOOD = "各位客户，这款理财不保证收益。\n"


def test_several_formats_at_once_and_one_of_them_on_the_screen(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    done = desk.run("check", "a.txt", "--format", "sarif=out.sarif", "--format", "text", "--format", "csv=out.csv")
    assert (done.code, done.err) == (1, "")
    assert done.out == desk.run("check", "a.txt").out
    assert json.loads((desk.cwd / "out.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert (desk.cwd / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_files_only_leave_the_screen_empty_and_tell_beside_it(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    desk.write("b.json", "{")
    done = desk.run("check", "--format", "json=one.json", "--format", "junit=two.xml")
    assert (done.code, done.out) == (3, "")
    assert done.err.splitlines()[-1] == "1 findings in 2 files written to one.json, two.xml"
    assert done.err.startswith("b.json:")


def test_a_dash_is_the_screen_and_output_takes_the_format_without_a_file(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    done = desk.run("check", "a.txt", "--format", "json=-", "--format", "csv=out.csv")
    assert json.loads(done.out)["findings"]
    done = desk.run("check", "a.txt", "--format", "json", "--format", "csv=out.csv", "--output", "out.json")
    assert done.out == ""
    assert json.loads((desk.cwd / "out.json").read_text("utf-8"))["findings"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--format", "json", "--format", "text"], "only one report can be printed; give the others a file"),
        (["--format", "json=x", "--format", "csv=./x"], 'two reports cannot go to the same file "./x"'),
        (["--format", "json=x", "--output", "y"], "--output needs a --format without a file of its own"),
        (["--format", "jsn=x"], 'did you mean "json"?'),
        (["--format", "json="], 'names no file after "="'),
        (["--format", "json=no/x", "--format", "csv=no/y"], 'cannot write "no/y": there is no folder "no"'),
        (["--format", "json=sub"], 'cannot write "sub": it is a folder'),
        (["--format", "json=a.txt"], 'the report would overwrite "a.txt", which is to be checked'),
    ],
)
def test_a_report_that_cannot_be_given_is_a_wrong_call(desk: Desk, args: list[str], said: str) -> None:
    desk.write("a.txt", BAD)
    (desk.cwd / "sub").mkdir()
    before = sorted(path.name for path in desk.cwd.iterdir())
    done = desk.run("check", "a.txt", *args)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert sorted(path.name for path in desk.cwd.iterdir()) == before
    assert (desk.cwd / "a.txt").read_text("utf-8") == BAD


def test_it_is_told_before_the_check(desk: Desk) -> None:
    """Standard input is not even waited for."""
    done = desk.run("check", "-", "--format", "json=no/x", stdin=b"\xff\x00\xff")
    assert done.code == 2
    assert "there is no folder" in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_closed(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    (desk.cwd / "closed").mkdir(mode=0o500)
    assert "permission denied" in desk.run("check", "a.txt", "--format", "json=closed/x").err


@pytest.mark.parametrize(("text", "code"), [(BAD, 1), (GOOD, 0), ("{", 3)])
def test_reports_never_change_the_exit_code(desk: Desk, text: str, code: int) -> None:
    name = "a.json" if code == 3 else "a.txt"
    desk.write(name, text)
    formats = [f"--format={form}=out.{form}" for form in ("sarif", "junit", "gitlab", "checkstyle", "rdjson", "csv")]
    assert desk.run("check", name).code == code
    assert desk.run("check", name, *formats).code == code


def test_a_report_in_the_folder_that_is_checked_is_not_checked_itself(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    args = ("check", "--format", "json=report.json", "--format", "csv=report.csv", "--as-of", "2026-11-24")
    desk.run(*args)
    first = [(desk.cwd / name).read_bytes() for name in ("report.json", "report.csv")]
    desk.run(*args)
    assert [(desk.cwd / name).read_bytes() for name in ("report.json", "report.csv")] == first
    assert [record["path"] for record in json.loads(first[0])["files"]] == ["a.txt"]


def test_the_settings_may_list_reports_and_their_files_stand_beside_them(desk: Desk) -> None:
    settings = (desk.cwd / ".scriptlint.yaml").read_text("utf-8")
    desk.write(".scriptlint.yaml", settings + 'format: [text, "sarif=reports/out.sarif"]\n')
    (desk.cwd / "reports").mkdir()
    desk.write("sub/a.txt", BAD)
    done = desk.run("check", "--config", ".scriptlint.yaml", "sub")
    assert done.code == 1
    assert "zz/promised-return" in done.out
    assert (desk.cwd / "reports/out.sarif").is_file()
    shown = desk.run("config", "show").out
    assert '  ["text", "sarif=reports/out.sarif"]  # .scriptlint.yaml:3:1' in shown
    (desk.cwd / "reports/out.sarif").unlink()
    assert desk.run("check", "--format", "json").code == 1
    assert not (desk.cwd / "reports/out.sarif").exists()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("format: jsn", "format must be azure, "),
        ("format: jsn", 'not "jsn"; did you mean "json"?'),
        ('format: [text, "jsn=x"]', ".scriptlint.yaml:3:16: an entry of format must be "),
    ],
)
def test_a_format_that_does_not_exist_in_the_settings(desk: Desk, value: str, said: str) -> None:
    settings = (desk.cwd / ".scriptlint.yaml").read_text("utf-8")
    desk.write(".scriptlint.yaml", settings + value + "\n")
    desk.write("a.txt", BAD)
    done = desk.run("check")
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize("form", ["csv", "junit", "checkstyle", "github", "azure"])
def test_what_programs_read_is_utf8_whatever_the_console_is(desk: Desk, form: str, tmp_path: Path) -> None:
    desk.write("a.txt", "😀保证收益。\n")
    printed = desk.run("check", "a.txt", "--format", form, env={"PYTHONIOENCODING": "gbk"})
    desk.run("check", "a.txt", "--format", form, "--output", str(tmp_path / "out"))
    assert printed.out == (tmp_path / "out").read_bytes().decode("utf-8")


def test_json_on_a_console_that_lacks_characters_is_json_still(desk: Desk) -> None:
    desk.write("a.txt", "😀保证收益。\n")
    done = desk.run("check", "a.txt", "--format", "gitlab", env={"PYTHONIOENCODING": "gbk"}, encoding="gbk")
    assert json.loads(done.out)[0]["check_name"] == "zz/promised-return"


def test_the_fail_level_decides_what_junit_calls_a_failure(desk: Desk) -> None:
    desk.write("a.txt", "这是老掉牙的话。\n")
    assert 'failures="0"' in desk.run("check", "a.txt", "--format", "junit").out
    failed = desk.run("check", "a.txt", "--format", "junit", "--fail-level", "info")
    assert failed.code == 1
    assert '<failure type="info" message="「老掉牙的话」过时了。">' in failed.out


def test_a_wrong_name_on_the_command_line_belongs_to_no_file(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    done = desk.run("check", "nowhere.txt", "a.txt", "--format", "sarif")
    assert done.code == 2
    (run,) = json.loads(done.out)["runs"]
    (told,) = run["invocations"][0]["toolConfigurationNotifications"]
    assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "nowhere.txt"


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
@pytest.mark.parametrize("form", ["text", "json", "csv", "sarif"])
def test_a_name_that_is_no_text_can_be_printed(desk: Desk, form: str) -> None:
    (desk.cwd / os.fsdecode(b"a\xff.txt")).write_text(BAD, "utf-8")
    done = desk.run("check", "--format", form)
    assert done.code == 1
    assert "internal error" not in done.err
    assert "a" in done.out
