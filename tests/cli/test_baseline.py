"""Baselines: created, honoured, out of date, malformed, unused, and text that moved."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import RULE, Desk

BAD = "各位客户，这款理财保证收益。\n"
FILE = ".scriptlint-baseline.json"
SETTINGS = f"rules-paths: [../packs]\nselect: [zz, scriptlint]\nbaseline: {FILE}\n"
KNOWN = """\
{"baseline": 1, "findings": [
  {"path": "sms/a.txt", "rule": "zz/promised-return", "words": "194c81e46ce43d8a", "count": 1}
]}
"""


def states(desk: Desk, *args: str) -> list[str]:
    report = json.loads(desk.run("check", "--format", "json", *args).out)
    return [f"{finding['path']}:{finding['line']} {finding['status']}" for finding in report["findings"]]


@pytest.fixture
def known(desk: Desk) -> Desk:
    """A folder with one old finding in a baseline that the settings name, as ``baseline create`` writes it."""
    desk.write("sms/a.txt", BAD)
    desk.write(".scriptlint.yaml", SETTINGS)
    desk.write(FILE, KNOWN)
    return desk


def test_a_baseline_is_created_and_says_how_to_use_it(desk: Desk) -> None:
    desk.write("a.txt", BAD + BAD + "老掉牙的话\n")
    done = desk.run("baseline", "create")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"3 findings in 1 files written to {FILE}",
        f"To use it, write into the settings: baseline: {FILE}",
    ]
    written = (desk.cwd / FILE).read_text(encoding="utf-8")
    entries = json.loads(written)["findings"]
    assert [(entry["path"], entry["rule"], entry["count"]) for entry in entries] == [
        ("a.txt", "zz/old-words", 1),
        ("a.txt", "zz/promised-return", 2),
    ]
    assert all(entry.keys() == {"path", "rule", "words", "count"} for entry in entries)
    assert "收益" not in written
    assert desk.run("baseline", "create").code == 2


def test_old_findings_do_not_fail_and_new_ones_do(known: Desk) -> None:
    done = known.run("check")
    assert done.code == 0
    assert "错误 0，警告 0，提示 0；存量 1。" in done.out
    assert "  基线内的存量问题\n" in known.run("check", "--show-suppressed").out
    assert json.loads(known.run("check", "--format", "json").out)["counts"]["baselined"] == 1
    known.write("sms/a.txt", BAD + "我们承诺收益。\n")
    assert states(known) == ["sms/a.txt:1 baselined", "sms/a.txt:2 open"]
    assert known.run("check").code == 1


def test_a_count_of_one_hides_one(known: Desk) -> None:
    known.write("sms/a.txt", BAD * 3)
    assert states(known) == ["sms/a.txt:1 baselined", "sms/a.txt:2 open", "sms/a.txt:3 open"]


def test_text_that_moved_is_still_known(known: Desk) -> None:
    known.write("sms/a.txt", "您好。\n\n我们先说别的。\n" + BAD)
    assert states(known) == ["sms/a.txt:4 baselined"]


def test_a_file_that_moved_is_still_known_and_prune_notes_its_new_path(known: Desk) -> None:
    (known.cwd / "archive").mkdir()
    (known.cwd / "sms/a.txt").rename(known.cwd / "archive/b.txt")
    assert states(known) == ["archive/b.txt:1 baselined"]
    done = known.run("baseline", "prune")
    assert done.out == f"{FILE}: 0 added, 0 taken out, 1 kept, sms/a.txt is now archive/b.txt\n"
    assert "archive/b.txt" in known.run("baseline", "show").out


def test_a_copy_is_no_move(known: Desk) -> None:
    known.write("sms/b.txt", BAD)
    assert states(known) == ["sms/a.txt:1 baselined", "sms/b.txt:1 open"]
    assert states(known, "sms/b.txt") == ["sms/b.txt:1 open"]


def test_paths_do_not_depend_on_the_folder_one_stands_in(known: Desk) -> None:
    report = json.loads(known.run("check", "--format", "json", "--config", ".scriptlint.yaml", "sms").out)
    assert [finding["status"] for finding in report["findings"]] == ["baselined"]
    known.cwd = known.cwd / "sms"
    assert states(known) == ["a.txt:1 baselined"]


def test_an_entry_that_nothing_needs_is_told_and_pruned(known: Desk) -> None:
    known.write("sms/a.txt", "收益不确定。\n")
    done = known.run("check")
    assert done.code == 0
    assert f"{FILE}: 说明: 1 old findings of this baseline are there no more\n" in done.out
    assert known.run("baseline", "prune").out == f"{FILE}: 0 added, 1 taken out, 0 kept\n"
    assert json.loads((known.cwd / FILE).read_text(encoding="utf-8"))["findings"] == []


def test_prune_takes_nothing_new_in_and_update_does(known: Desk) -> None:
    known.write("sms/b.txt", BAD)
    assert "0 added, 0 taken out, 1 kept" in known.run("baseline", "prune").out
    assert known.run("check").code == 1
    assert "1 added, 0 taken out, 1 kept" in known.run("baseline", "update").out
    assert known.run("check").code == 0


def test_what_is_not_looked_at_stays(known: Desk) -> None:
    known.write("sms/b.txt", "您好。\n")
    for args in (("sms/b.txt",), ("--ignore", "promised-return")):
        assert "0 taken out, 1 kept" in known.run("baseline", "update", *args).out
    known.write("sms/a.txt", b"\xe6\x94\xb6\xff\xfe\xfd\xfc")
    done = known.run("baseline", "prune")
    assert (done.code, "0 taken out, 1 kept" in done.out, "sms/a.txt: " in done.err) == (3, True, True)


def test_a_renamed_rule_is_still_known(known: Desk) -> None:
    text = (known.cwd / FILE).read_text(encoding="utf-8")
    known.write(FILE, text.replace("zz/promised-return", "zz/sure-return"))
    assert states(known) == ["sms/a.txt:1 baselined"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", f"{FILE}:1:"),
        ("[]", f"{FILE}:1:1: this baseline cannot be used: this must be a mapping, not a list"),
        ('{"baseline": 2, "findings": []}', f"{FILE}:1:14: this baseline cannot be used: baseline must be 1"),
        (
            '{"baseline": 1, "findings": [\n {"path": "a", "rule": "b", "words": "xyz", "count": 1}\n]}',
            f'{FILE}:2:38: this baseline cannot be used: words must be 16 hexadecimal digits, not "xyz"',
        ),
        (
            '{"baseline": 1, "findings": [\n {"path": "a", "rule": "b", "words": "0123456789abcdef", "count": 0}\n]}',
            f"{FILE}:2:67: this baseline cannot be used: count must be 1 or more",
        ),
        (
            '{"baseline": 1, "findings": [\n'
            + ",\n".join(['{"path": "a", "rule": "b", "words": "0123456789abcdef", "count": 1}'] * 2)
            + "\n]}",
            f"{FILE}:3:1: this baseline cannot be used: this entry stands already at line 2",
        ),
        ('{"baseline": 1, "findings": [], "date": 1}', 'unknown key "date"'),
    ],
)
def test_a_malformed_baseline_is_told_with_its_place(known: Desk, text: str, message: str) -> None:
    known.write(FILE, text)
    done = known.run("baseline", "show")
    assert (done.code, message in done.err, "Traceback" in done.err) == (2, True, False), done


def test_nothing_is_done_with_a_malformed_baseline(known: Desk) -> None:
    known.write(FILE, "[]")
    for command in (["check"], ["baseline", "prune"], ["baseline", "update"]):
        done = known.run(*command)
        assert (done.code, f"{FILE}:1:1: this baseline cannot be used" in done.err) == (2, True)
    assert (known.cwd / FILE).read_text() == "[]"


def test_a_missing_baseline_is_told(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    done = desk.run("check", "--baseline", "old.json")
    assert (done.code, done.err) == (
        2,
        "old.json: there is no baseline here (make it with `scriptlint baseline create`)\n",
    )


def test_show_counts_by_file_and_rule(known: Desk) -> None:
    assert known.run("baseline", "show").out == "    1  zz/promised-return  sms/a.txt\n1 old findings in 1 files\n"
    shown = json.loads(known.run("baseline", "show", "--format", "json").out)
    assert (shown["total"], shown["findings"][0]["path"]) == (1, "sms/a.txt")


def test_locked_rules_are_not_baselined(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    desk.write("../packs/zz/return-claim/promised-return.yaml", RULE + "locked: true\n")
    done = desk.run("baseline", "create")
    assert done.code == 0
    assert "0 findings" in done.out
    assert done.err == "1 findings of locked rules left out: zz/promised-return; put them right or waive them\n"
    desk.write("../packs/zz/return-claim/promised-return.yaml", RULE)
    desk.run("baseline", "update")
    desk.write("../packs/zz/return-claim/promised-return.yaml", RULE + "locked: true\n")
    done = desk.run("check", "--baseline", FILE)
    assert done.code == 1
    assert "1 old findings of this baseline are of locked rules and stay open" in done.out


def test_it_holds_no_personal_data_nor_a_digest_of_it(desk: Desk) -> None:
    desk.write(".scriptlint.yaml", "select: [cn/mobile-number, cn/identity-number]\n")
    number = "13800001234"
    desk.write("a.txt", f"请回电{number}。\n")
    assert desk.run("baseline", "create").code == 0
    first = (desk.cwd / FILE).read_bytes()
    assert json.loads(first)["findings"]
    assert number.encode() not in first
    desk.write("a.txt", "请回电13800005678。\n")
    desk.run("baseline", "update")
    assert (desk.cwd / FILE).read_bytes() == first, "the digest depends on the number itself"
