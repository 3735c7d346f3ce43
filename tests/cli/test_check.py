"""``scriptlint check`` as users, hooks and build servers call it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.conftest import RULE, Desk

BAD = "各位客户，这款理财保证收益。\n"
GOOD = "各位客户，这款理财不保证收益。\n"
DAY = ("--as-of", "2026-11-24")


def test_a_finding_is_shown_with_place_words_clause_and_advice(desk: Desk) -> None:
    desk.write("sms/july.txt", "尊敬的客户：\n\t🙂这款理财保证收益，欢迎咨询。\n")
    done = desk.run("check", "--kind", "notice", "--product", "wm", "--audience", "public", *DAY)
    assert done.code == 1
    assert done.out == (
        "sms/july.txt:2:7: error zz/promised-return 「保证收益」承诺收益。\n"
        "  |     🙂这款理财保证收益，欢迎咨询。\n"
        "  |               ^^^^^^^^\n"
        "  依据: 《示例条例》(示例〔2020〕1号) 第一条\n"
        "  建议: 写明收益会变动。\n"
        "  语境: kind=notice (参数)；product=wm (参数)；audience=public (参数)；channel=未知\n"
        "\n"
        "共检查 1 个文件，2 条规则；错误 1，警告 0，提示 0。机器初筛，不构成法律意见或审批结论。\n"
    )


def test_the_same_in_english(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    done = desk.run("check", "--lang", "en", *DAY)
    assert "a.txt:1:10: error zz/promised-return “保证收益” promises a return.\n" in done.out
    assert "  suggestion: Say that returns vary.\n" in done.out
    assert done.out.endswith("no legal advice and no approval.\n")


def test_a_clean_file_ends_with_zero(desk: Desk) -> None:
    desk.write("a.txt", GOOD)
    done = desk.run("check", "a.txt")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("共检查 1 个文件")


def test_quiet_says_nothing_when_clean_and_findings_only_otherwise(desk: Desk) -> None:
    desk.write("a.txt", GOOD)
    assert desk.run("check", "--quiet", "a.txt").out == ""
    desk.write("a.txt", BAD)
    quiet = desk.run("check", "--quiet", "a.txt").out
    assert "zz/promised-return" in quiet
    assert "语境" not in quiet
    assert "共检查" not in quiet


def test_the_same_input_gives_the_same_bytes(desk: Desk) -> None:
    for name in ("b.md", "a.txt", "c/d.txt"):
        desk.write(name, BAD)
    first = desk.run("check", "--format", "json", *DAY, env={"PYTHONHASHSEED": "1"}).out
    assert first == desk.run("check", "--format", "json", *DAY, env={"PYTHONHASHSEED": "2"}).out
    assert [finding["path"] for finding in json.loads(first)["findings"]] == ["a.txt", "b.md", "c/d.txt"]


def test_json_holds_everything(desk: Desk) -> None:
    desk.write("a.txt", f"\r\n{BAD}")
    done = desk.run("check", "--format", "json", "--kind", "sms", *DAY)
    report = json.loads(done.out)
    (finding,) = report["findings"]
    assert {key: finding[key] for key in finding if key not in ("basis", "identity")} == {
        "path": "a.txt",
        "rule": "zz/promised-return",
        "family": "return-claim",
        "verdict": "violation",
        "level": "error",
        "status": "open",
        "reason": "",
        "start": 11,
        "end": 15,
        "line": 2,
        "column": 10,
        "end_line": 2,
        "end_column": 14,
        "locator": "",
        "excerpt": "保证收益",
        "message": "「保证收益」承诺收益。",
        "suggestion": "写明收益会变动。",
        "related": [],
        "fixes": [],
        "evasion": False,
        "preview": False,
    }
    assert finding["basis"][0]["clause"] == "第一条"
    (record,) = report["files"]
    assert record["context"]["kind"] == {"values": ["sms"], "origin": "flag", "reason": ""}
    assert record["context"]["product"]["origin"] == "inferred"
    assert (record["state"], record["encoding"], record["characters"]) == ("checked", "utf-8", 17)
    assert (report["as_of"], report["problems"], report["counts"]["error"]) == ("2026-11-24", [], 1)
    assert len(report["fingerprint"]) == 16


def test_json_lines_end_with_the_summary(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    lines = [json.loads(line) for line in desk.run("check", "--format", "jsonl").out.splitlines()]
    assert [line["type"] for line in lines] == ["finding", "file", "summary"]


@pytest.mark.parametrize(
    ("level", "code"), [("error", 0), ("warning", 0), ("info", 1)]
)  # fmt: skip
def test_the_fail_level_decides(desk: Desk, level: str, code: int) -> None:
    desk.write("a.txt", "这是老掉牙的话。\n")
    assert desk.run("check", "a.txt", "--fail-level", level).code == code


def test_levels_come_from_the_settings_and_the_narrower_name_wins(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    settings = (desk.cwd / ".scriptlint.yaml").read_text()
    desk.write(".scriptlint.yaml", settings + "levels:\n  sure-return: warning\n  return-claim: off\n")
    done = desk.run("check", "a.txt")
    assert done.code == 0
    assert "a.txt:1:10: warning zz/promised-return" in done.out


def test_exit_zero_hides_findings_but_not_what_was_not_read(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    assert desk.run("check", "--exit-zero", "a.txt").code == 0
    desk.write("b.txt", b"\x00\x01\x02\xff")
    assert desk.run("check", "--exit-zero", "a.txt", "b.txt").code == 3


@pytest.mark.parametrize(
    ("args", "rules"),
    [
        (["--select", "return-claim", "--ignore", "cn"], ["zz/promised-return"]),
        (["--select", "zz"], ["zz/promised-return", "zz/old-words"]),
        (["--select", "old-words,sure-return"], ["zz/promised-return", "zz/old-words"]),
        (["--select", "zz", "--ignore", "zz/promised-return"], ["zz/old-words"]),
        (["--ignore", "conduct"], ["zz/promised-return"]),
    ],
)
def test_rules_are_selected_by_any_of_their_names(desk: Desk, args: list[str], rules: list[str]) -> None:
    desk.write("a.txt", "保证收益。老掉牙的话。\n")
    report = json.loads(desk.run("check", "a.txt", "--format", "json", *args).out)
    assert [finding["rule"] for finding in report["findings"]] == rules


def test_context_flags_beat_front_matter_which_beats_the_settings(desk: Desk) -> None:
    settings = (desk.cwd / ".scriptlint.yaml").read_text()
    desk.write(".scriptlint.yaml", settings + 'contexts:\n  - {files: "a/**", product: deposit, kind: page}\n')
    desk.write("a/plain.txt", BAD)
    desk.write("a/stated.md", f"---\nproduct: wm\n---\n{BAD}")

    def facts(*args: str) -> dict[str, tuple[list[str], str]]:
        report = json.loads(desk.run("check", "--format", "json", *args).out)
        return {
            f"{record['path']} {key}": (fact["values"], fact["origin"])
            for record in report["files"]
            for key, fact in record["context"].items()
            if key in ("product", "kind")
        }

    assert facts() == {
        "a/plain.txt product": (["deposit"], "settings"),
        "a/plain.txt kind": (["page"], "settings"),
        "a/stated.md product": (["wm"], "front matter"),
        "a/stated.md kind": (["page"], "settings"),
    }
    assert facts("--product", "fund,mmf")["a/stated.md product"] == (["fund", "mmf"], "flag")
    assert desk.run("check", "a/plain.txt").code == 0
    assert desk.run("check", "a/stated.md").code == 1


def test_an_unknown_value_in_front_matter_is_told_and_not_used(desk: Desk) -> None:
    desk.write("a.md", f"---\nkind: smss\n---\n{GOOD}")
    done = desk.run("check", "a.md")
    assert done.code == 0
    assert 'a.md: 说明: front matter says kind is "smss", which is unknown and not used\n' in done.out
    assert 'did you mean "sms"?' in done.out


def test_standard_input_is_read_under_the_name_that_is_given(desk: Desk) -> None:
    done = desk.run("check", "-", "--stdin-filename", "x/a.html", stdin=f"<p>{BAD}</p>".encode())
    assert done.code == 1
    assert done.out.startswith("x/a.html:1:13: error zz/promised-return")
    assert desk.run("check", "-", stdin=BAD.encode("gb18030")).out.startswith("<stdin>:1:10: error")


def test_a_suppressed_finding_does_not_fail_and_can_be_shown(desk: Desk) -> None:
    desk.write("a.md", f'<!-- scriptlint: disable-next sure-return reason="原话" -->\n{BAD}')
    done = desk.run("check", "a.md")
    assert done.code == 0
    assert "已屏蔽 1" in done.out
    assert "保证收益" not in done.out
    assert "  已屏蔽:原话\n" in desk.run("check", "--show-suppressed", "a.md").out
    (finding,) = json.loads(desk.run("check", "a.md", "--format", "json").out)["findings"]
    assert (finding["status"], finding["reason"]) == ("suppressed", "原话")


def test_a_malformed_suppression_is_a_warning_and_hides_nothing(desk: Desk) -> None:
    desk.write("a.md", f"<!-- scriptlint: disable-next sure-return -->\n{BAD}")
    done = desk.run("check", "a.md")
    assert done.code == 1
    assert "a.md:1:18: warning scriptlint/malformed-suppression 屏蔽注释没有生效:缺少原因。" in done.out
    assert "a.md:2:10: error zz/promised-return" in done.out


def test_statistics_count_by_family_and_rule(desk: Desk) -> None:
    desk.write("a.txt", BAD + "\n" + BAD + "\n老掉牙的话\n")
    out = desk.run("check", "--statistics", "a.txt").out
    assert "按类别统计:\n      2  return-claim\n      1  conduct\n" in out
    assert "按规则统计:\n      2  zz/promised-return\n      1  zz/old-words\n" in out


# -- what cannot be read --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bad.txt", "收益".encode() + b"\xff\xfe\xfd"),
        ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("zeros.txt", b"\x00\x01\x02\x03" * 50),
        ("broken.json", b'{"text": "a'),
        ("deck.docx", b"PK\x03\x04 not text"),
    ],
)
def test_what_cannot_be_read_is_never_clean_and_the_rest_is_checked(desk: Desk, name: str, content: bytes) -> None:
    desk.write(name, content)
    desk.write("good.txt", BAD)
    done = desk.run("check", name, "good.txt")
    assert done.code == 3
    assert "good.txt:1:10: error zz/promised-return" in done.out
    assert f"{name}:" in done.out
    assert "未能检查" in done.out
    assert "Traceback" not in done.err


def test_an_empty_file_is_counted_and_told(desk: Desk) -> None:
    desk.write("a.txt", "")
    done = desk.run("check", "a.txt")
    assert done.code == 0
    assert "a.txt: 说明: this file is empty\n" in done.out
    assert "空文件 1" in done.out


def test_a_missing_file_is_a_mistake_of_the_call(desk: Desk) -> None:
    desk.write("a.txt", GOOD)
    done = desk.run("check", "a.txt", "nowhere.txt")
    assert done.code == 2
    assert "nowhere.txt: 设置或规则有误: no such file or folder\n" in done.out


def test_a_folder_without_anything_to_check_is_not_clean(desk: Desk) -> None:
    desk.write("docs/a.mp3", b"x")
    done = desk.run("check", "docs")
    assert done.code == 2
    assert "nothing to check in this folder (it has 1 .mp3)" in done.out


def test_skipped_files_are_counted(desk: Desk) -> None:
    desk.write("a.txt", GOOD)
    desk.write("b.mp3", b"x")
    assert "跳过 1(.mp3 1)" in desk.run("check").out


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_without_permission_is_unread(desk: Desk) -> None:
    desk.write("a.txt", BAD).chmod(0)
    done = desk.run("check", "a.txt")
    assert (done.code, "cannot read this file: Permission denied" in done.out) == (3, True)


def test_an_encoding_can_be_named(desk: Desk) -> None:
    desk.write("hk/a.txt", "這款理財保證收益。\n".encode("big5"))
    settings = (desk.cwd / ".scriptlint.yaml").read_text()
    desk.write(".scriptlint.yaml", settings + 'encodings:\n  - {files: "hk/**", encoding: big5}\n')
    report = json.loads(desk.run("check", "hk", "--format", "json").out)
    assert [(record["encoding"], record["state"]) for record in report["files"]] == [("big5", "checked")]
    assert [finding["excerpt"] for finding in report["findings"]] == ["保證收益"]
    assert desk.run("check", "hk", "--encoding", "ascii").code == 3


# -- wrong calls ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--kind", "smss", "a.txt"], 'did you mean "sms"?'),
        (["--product", "fund,bonds", "a.txt"], '"bonds" is not one of'),
        (["--format", "xml", "a.txt"], "xml"),
        (["--fail-level", "loud", "a.txt"], "loud"),
        (["--as-of", "2026-13-01", "a.txt"], "2026-13-01"),
        (["--select", "promised-retrun", "a.txt"], 'unknown rule "promised-retrun"; did you mean "promised-return"?'),
        (["--ignore", "nothing-like-it", "a.txt"], '--ignore: unknown rule "nothing-like-it"'),
        (["--encoding", "utf9", "a.txt"], 'unknown encoding "utf9"'),
        (["--config", "nowhere.yaml", "a.txt"], "nowhere.yaml: no such settings file"),
        (["--rules", "nowhere", "a.txt"], "there is no folder"),
        (["--output", "nowhere/report.txt", "a.txt"], 'there is no folder "nowhere"'),
        (["--output", ".git", "a.txt"], "it is a folder"),
        (["--stdin-filename", "x.txt", "a.txt"], 'goes with "-"'),
        (["-", "a.txt"], '"-" cannot be mixed'),
        (["--nonsense", "a.txt"], "--nonsense"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_why(desk: Desk, args: list[str], message: str) -> None:
    desk.write("a.txt", GOOD)
    done = desk.run("check", *args)
    assert done.code == 2, done
    assert message in done.err
    assert "Traceback" not in done.err


def test_several_wrong_names_are_told_at_once(desk: Desk) -> None:
    desk.write("a.txt", GOOD)
    desk.write(".scriptlint.yaml", "rules-paths: [../packs]\nselect: [zz, zzz]\nlevels:\n  promised: off\n")
    done = desk.run("check")
    assert done.code == 2
    assert done.err.splitlines() == [
        '.scriptlint.yaml:2:14: unknown rule "zzz"; did you mean "zz"?',
        '.scriptlint.yaml:4:3: unknown rule "promised"; did you mean "promised-return"?',
    ] or all(place in done.err for place in (".scriptlint.yaml:2:14: unknown", ".scriptlint.yaml:4:3: unknown"))


def test_broken_settings_are_told_with_their_places(desk: Desk) -> None:
    desk.write(".scriptlint.yaml", "selct: [zz]\nlang: fr\n")
    done = desk.run("check")
    assert done.code == 2
    assert done.err.splitlines() == [
        '.scriptlint.yaml:1:1: unknown key "selct"; did you mean "select"?',
        '.scriptlint.yaml:2:7: lang must be zh or en, not "fr"',
    ]


def test_a_broken_rule_is_told_with_its_place_and_the_others_run(desk: Desk) -> None:
    desk.write("../packs/zz/return-claim/promised-return.yaml", RULE.replace("forbid:", "forbids:"))
    desk.write("a.txt", "老掉牙的话\n")
    done = desk.run("check", "a.txt")
    assert done.code == 2
    assert 'packs/zz/return-claim/promised-return.yaml:7:1: 设置或规则有误: unknown key "forbids"' in done.out
    assert "zz/old-words" in done.out


# -- output ---------------------------------------------------------------------------------------------------


def test_a_report_is_written_whole_and_the_code_stays(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    desk.write("report.json", "old")
    done = desk.run("check", "a.txt", "--format", "json", "--output", "report.json")
    assert (done.code, done.out) == (1, "")
    assert len(json.loads((desk.cwd / "report.json").read_text(encoding="utf-8"))["findings"]) == 1
    assert "written to report.json" in done.err
    assert sorted(path.name for path in desk.cwd.iterdir()) == [".git", ".scriptlint.yaml", "a.txt", "report.json"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_report_that_cannot_be_written_is_told(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    (desk.cwd / "closed").mkdir(mode=0o500)
    done = desk.run("check", "a.txt", "--output", "closed/report.txt")
    assert (done.code, "Permission denied" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("args", "env", "coloured"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(desk: Desk, args: list[str], env: dict[str, str], coloured: bool) -> None:
    desk.write("a.txt", BAD)
    assert ("\x1b[" in desk.run("check", "a.txt", *args, env=env).out) is coloured


def test_a_console_without_a_character_shows_a_stand_in(desk: Desk) -> None:
    desk.write("a.txt", "🙂这款理财保证收益。\n")
    done = desk.run("check", "a.txt", env={"PYTHONIOENCODING": "gbk"}, encoding="gbk")
    assert done.code == 1
    assert "\\U0001f642这款理财保证收益" in done.out
    assert "Traceback" not in done.err


def test_json_on_such_a_console_is_still_json(desk: Desk) -> None:
    desk.write("🙂.txt", BAD)
    done = desk.run("check", "--format", "json", env={"PYTHONIOENCODING": "gbk"}, encoding="gbk")
    assert json.loads(done.out)["findings"][0]["path"] == "🙂.txt"


def test_a_closed_pipe_is_no_mistake_and_keeps_the_code(desk: Desk) -> None:
    desk.write("a.txt", BAD * 3000)
    process = desk.start(["check", "a.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    with open("/dev/full", "wb") as full:
        process = desk.start(["check", "a.txt"], stdout=full, stderr=subprocess.PIPE)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert b"cannot print the report: No space left on device" in err
    assert b"Traceback" not in err


def test_an_interrupt_ends_without_a_traceback(desk: Desk) -> None:
    process = desk.start(["check", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, b"Traceback" in err) == (130, False)


def test_excluded_files_are_left_out_and_named_ones_only_when_told(desk: Desk) -> None:
    settings = (desk.cwd / ".scriptlint.yaml").read_text()
    desk.write(".scriptlint.yaml", settings + 'exclude: ["old/**"]\n')
    desk.write("old/a.txt", BAD)
    desk.write("b.txt", GOOD)
    assert desk.run("check").code == 0
    assert desk.run("check", "old/a.txt").code == 1
    assert desk.run("check", "old/a.txt", "--force-exclude", "--quiet").code == 0


def test_settings_hold_in_subfolders_too(desk: Desk, tmp_path: Path) -> None:
    desk.write("a/b.txt", BAD)
    desk.cwd = tmp_path / "work" / "a"
    done = desk.run("check")
    assert (done.code, done.out.startswith("b.txt:1:10: error zz/promised-return")) == (1, True)
