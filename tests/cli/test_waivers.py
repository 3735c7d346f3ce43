"""Waivers: created, honoured, expired, malformed, unused, and text that moved."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import RULE, Desk

BAD = "各位客户，这款理财保证收益。\n"
SETTINGS = "rules-paths: [../packs]\nselect: [zz, scriptlint]\nwaivers: waivers.yaml\n"
WAIVER = """\
- rule: promised-return
  path: sms/a.txt
  text: 保证收益
  reason: 引用监管案例
  approver: 合规部 李
  ticket: CR-7
  expires: 2026-12-31
"""
ADD = (
    "--rule", "promised-return", "--reason", "引用监管案例", "--approver", "合规部 李", "--ticket", "CR-7",
    "--expires", "2026-12-31", "--as-of", "2026-11-24",
)  # fmt: skip
DAY = ("--as-of", "2026-12-31")
AFTER = ("--as-of", "2027-01-01")


@pytest.fixture
def waived(desk: Desk) -> Desk:
    """A folder with one finding and a waiver for it that the settings name."""
    desk.write("sms/a.txt", BAD)
    desk.write(".scriptlint.yaml", SETTINGS)
    desk.write("waivers.yaml", WAIVER)
    return desk


def states(desk: Desk, *args: str) -> list[str]:
    report = json.loads(desk.run("check", "--format", "json", *args).out)
    return [f"{finding['path']}:{finding['line']} {finding['status']}" for finding in report["findings"]]


def test_a_waiver_is_entered_from_a_finding_and_holds(desk: Desk) -> None:
    desk.write("sms/a.txt", "您好。\n" + BAD)
    done = desk.run("waivers", "add", "sms/a.txt:2", *ADD)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "waivers.yaml: zz/promised-return “保证收益” in sms/a.txt is waived until 2026-12-31",
        "To use it, write into the settings: waivers: waivers.yaml",
    ]
    written = (desk.cwd / "waivers.yaml").read_text(encoding="utf-8")
    assert written.splitlines()[1:] == WAIVER.replace("promised-return", "zz/promised-return", 1).splitlines()
    done = desk.run("check", "sms", "--waivers", "waivers.yaml", *DAY)
    assert done.code == 0
    assert "已豁免 1" in done.out
    shown = desk.run("check", "sms", "--waivers", "waivers.yaml", "--show-suppressed", *DAY).out
    assert "  已豁免:引用监管案例 (CR-7; 合规部 李; 2026-12-31)\n" in shown


def test_the_file_of_waivers_is_not_checked_itself(waived: Desk) -> None:
    assert states(waived, *DAY) == ["sms/a.txt:1 waived"]
    report = json.loads(waived.run("check", "--format", "json", *DAY).out)
    assert (report["counts"]["waived"], [record["path"] for record in report["files"]]) == (1, ["sms/a.txt"])


def test_its_last_day_is_inclusive_and_then_the_finding_returns(waived: Desk) -> None:
    assert waived.run("check", *DAY).code == 0
    done = waived.run("check", *AFTER)
    assert done.code == 1
    assert "  注意:waiver CR-7 expired on 2026-12-31\n" in done.out
    assert (
        "waivers.yaml:1:3: 说明: the waiver of zz/promised-return for “保证收益” (CR-7) expired on 2026-12-31:"
        " what it covered is open again\n"
    ) in done.out


def test_text_that_moved_is_still_waived_and_changed_text_is_not(waived: Desk) -> None:
    waived.write("sms/a.txt", "您好。\n\n" + BAD)
    assert states(waived, *DAY) == ["sms/a.txt:3 waived"]
    waived.write("sms/a.txt", BAD.replace("保证收益", "承诺收益"))
    assert states(waived, *DAY) == ["sms/a.txt:1 open"]


def test_it_covers_as_many_as_it_says(waived: Desk) -> None:
    waived.write("sms/a.txt", BAD * 3)
    assert states(waived, *DAY) == ["sms/a.txt:1 waived", "sms/a.txt:2 open", "sms/a.txt:3 open"]
    waived.write("waivers.yaml", WAIVER + "  count: 2\n")
    assert states(waived, *DAY) == ["sms/a.txt:1 waived", "sms/a.txt:2 waived", "sms/a.txt:3 open"]


def test_a_glob_covers_several_files(waived: Desk) -> None:
    waived.write("mail/b.txt", BAD)
    assert states(waived, *DAY) == ["mail/b.txt:1 open", "sms/a.txt:1 waived"]
    waived.write("waivers.yaml", WAIVER.replace("sms/a.txt", "'**'"))
    assert states(waived, *DAY) == ["mail/b.txt:1 waived", "sms/a.txt:1 waived"]


def test_one_that_covers_nothing_is_told(waived: Desk) -> None:
    waived.write("sms/a.txt", "收益不确定。\n")
    done = waived.run("check", *DAY)
    assert done.code == 0
    assert "waivers.yaml:1:3: 说明: the waiver of zz/promised-return for “保证收益” (CR-7) covers nothing\n" in done.out
    waived.write("other.txt", "您好。\n")
    assert "covers nothing" not in waived.run("check", "other.txt", *DAY).out


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("expires: 2026-12-31", "expires: 31.12.2026"), "waivers.yaml:7:12: 设置或规则有误: malformed waiver: expires"),
        (("expires: 2026-12-31", "expires: 2026-02-30"), 'waivers.yaml:7:12: 设置或规则有误: malformed waiver: there is no day "2026-02-30"'),
        (("  approver: 合规部 李\n", ""), 'waivers.yaml:1:3: 设置或规则有误: malformed waiver: the key "approver" is missing'),
        (("reason: 引用监管案例", "reason: ''"), "waivers.yaml:4:11: 设置或规则有误: malformed waiver: reason must not be empty"),
        (("rule: promised-return", "rule: promised-retrun"), 'waivers.yaml:1:9: 设置或规则有误: malformed waiver: unknown rule "promised-retrun"; did you mean "promised-return"?'),
        (("rule: promised-return", "rule: zz"), 'waivers.yaml:1:9: 设置或规则有误: malformed waiver: "zz" stands for 2 rules; a waiver is for one'),
        (("ticket:", "tickt:"), 'unknown key "tickt" in this waiver; did you mean "ticket"?'),
        (("- rule", "rule"), "waivers.yaml:2:7: 设置或规则有误: malformed waiver"),
        (("  path", " path"), "waivers.yaml:2:"),
    ],
)  # fmt: skip
def test_a_malformed_one_waives_nothing_and_is_told(waived: Desk, change: tuple[str, str], message: str) -> None:
    waived.write("waivers.yaml", WAIVER.replace(*change))
    done = waived.run("check", *DAY)
    assert done.code == 2
    assert message in done.out
    assert "sms/a.txt:1:10: error zz/promised-return" in done.out
    assert "Traceback" not in done.err


def test_a_mistake_costs_its_own_entry_only(waived: Desk) -> None:
    waived.write("waivers.yaml", "- rule: nothing\n" + WAIVER)
    assert states(waived, *DAY) == ["sms/a.txt:1 waived"]


def test_a_missing_file_is_told(waived: Desk) -> None:
    (waived.cwd / "waivers.yaml").unlink()
    done = waived.run("check", *DAY)
    assert (done.code, "waivers.yaml: there is no file of waivers here" in done.err) == (2, True)


def test_list_shows_which_hold(waived: Desk) -> None:
    assert waived.run("waivers", "list", *DAY).out == (
        "holds    2026-12-31  zz/promised-return  “保证收益”  sms/a.txt  CR-7  合规部 李  引用监管案例\n"
        "1 waivers, 1 hold on 2026-12-31\n"
    )
    listed = json.loads(waived.run("waivers", "list", "--format", "json", *AFTER).out)
    assert [waiver["state"] for waiver in listed["waivers"]] == ["expired"]
    waived.write("waivers.yaml", "- nothing\n")
    done = waived.run("waivers", "list")
    assert (done.code, done.err.startswith("waivers.yaml:1:3: malformed waiver")) == (2, True)


def test_check_says_what_is_expired_unused_or_ends_soon(waived: Desk) -> None:
    done = waived.run("waivers", "check", "--as-of", "2026-11-01")
    assert (done.code, done.out) == (0, "1 waivers; 1 findings waived on 2026-11-01\n")
    done = waived.run("waivers", "check", "--as-of", "2026-12-24")
    assert (done.code, "waivers.yaml:1:3: ends soon, on 2026-12-31: zz/promised-return" in done.out) == (0, True)
    done = waived.run("waivers", "check", *AFTER)
    assert (done.code, "expired on 2026-12-31, its findings are open again" in done.out) == (1, True)
    waived.write("sms/a.txt", "您好。\n")
    done = waived.run("waivers", "check", *DAY)
    assert (done.code, "covers nothing: zz/promised-return" in done.out) == (1, True)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["sms/a.txt", *ADD], '"sms/a.txt" is no place'),
        (["sms/a.txt:7", *ADD], "no such open finding begins at sms/a.txt:7; there is nothing at all"),
        (["nowhere.txt:1", *ADD], 'cannot read "nowhere.txt"'),
        (["sms/a.txt:1", *ADD, "--expires", "2026-01-01"], "2026-01-01 is over already"),
        (["sms/a.txt:1", *ADD, "--reason", " "], "it must not be empty"),
        (["sms/a.txt:1", *ADD, "--rule", "old-words"], "there is zz/promised-return “保证收益”"),
        (["sms/a.txt:1", *ADD, "--path", "mail/*"], '"mail/*" does not name sms/a.txt'),
        (["sms/a.txt:1", *ADD], "waivers.yaml has a waiver for this already"),
    ],
)
def test_a_wrong_entry_is_refused(waived: Desk, args: list[str], message: str) -> None:
    waived.write("waivers.yaml", WAIVER)
    before = (waived.cwd / "waivers.yaml").read_bytes()
    done = waived.run("waivers", "add", *args)
    assert (done.code, message in done.err) == (2, True), done
    assert (waived.cwd / "waivers.yaml").read_bytes() == before


def test_an_entry_leaves_the_rest_of_the_file_as_it_is(waived: Desk) -> None:
    waived.write("waivers.yaml", "# 每季度复核\r\n" + WAIVER.replace("\n", "\r\n").rstrip())
    waived.write("mail/b.txt", BAD)
    assert waived.run("waivers", "add", "mail/b.txt:1", *ADD).code == 0
    text = (waived.cwd / "waivers.yaml").read_bytes().decode()
    assert text.startswith("# 每季度复核\r\n" + WAIVER.replace("\n", "\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert states(waived, *DAY) == ["mail/b.txt:1 waived", "sms/a.txt:1 waived"]


def test_personal_data_is_masked_in_an_entry(desk: Desk) -> None:
    desk.write(".scriptlint.yaml", "select: [cn/mobile-number]\n")
    desk.write("a.txt", "请回电13800001234。\n")
    args = [*ADD, "--rule", "mobile-number"]
    assert desk.run("waivers", "add", "a.txt:1", *args).code == 0
    assert "13800001234" not in (desk.cwd / "waivers.yaml").read_text(encoding="utf-8")
    assert desk.run("check", "a.txt", "--waivers", "waivers.yaml", *DAY).code == 0


# -- locked rules ---------------------------------------------------------------------------------------------


@pytest.fixture
def locked(desk: Desk) -> Desk:
    """A folder in which the rule that finds something is locked."""
    desk.write("../packs/zz/return-claim/promised-return.yaml", RULE + "locked: true\n")
    desk.write("a.txt", BAD)
    return desk


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("ignore: promised-return\n", '.scriptlint.yaml:3:1: 说明: ignoring "promised-return"'),
        ("ignore: [old-words, return-claim]\n", '.scriptlint.yaml:3:21: 说明: ignoring "return-claim"'),
        ("levels:\n  promised-return: info\n", '.scriptlint.yaml:4:3: 说明: level info for "promised-return"'),
        ("levels: {return-claim: off}\n", '.scriptlint.yaml:3:10: 说明: level off for "return-claim"'),
    ],
)
def test_settings_cannot_lower_or_silence_a_locked_rule(locked: Desk, lines: str, place: str) -> None:
    locked.write(".scriptlint.yaml", "rules-paths: [../packs]\nselect: [zz, scriptlint]\n" + lines)
    done = locked.run("check")
    assert done.code == 1
    assert "a.txt:1:10: error zz/promised-return" in done.out
    assert f"{place} leaves what is locked as it is: " in done.out
    assert "zz/promised-return" in done.out.split(place)[1]


def test_selecting_other_rules_of_a_pack_in_the_settings_keeps_its_locked_ones(locked: Desk) -> None:
    locked.write(".scriptlint.yaml", "rules-paths: [../packs]\nselect: [old-words]\n")
    done = locked.run("check")
    assert done.code == 1
    assert ".scriptlint.yaml:2:1: 说明: selecting other rules leaves what is locked as it is: zz/promised" in done.out


def test_flags_cannot_either_and_a_narrower_run_says_so(locked: Desk) -> None:
    done = locked.run("check", "--ignore", "promised-return")
    assert (done.code, "--ignore: 说明: ignoring" in done.out) == (1, True)
    done = locked.run("check", "--select", "old-words")
    assert (done.code, "--select: 说明: this run leaves out locked rules: zz/promised-return" in done.out) == (0, True)


def test_a_locked_rule_can_be_raised(locked: Desk) -> None:
    locked.write(
        "../packs/zz/conduct/old-words.yaml",
        (locked.cwd / "../packs/zz/conduct/old-words.yaml").read_text() + "locked: true\n",
    )
    locked.write("a.txt", "老掉牙的话\n")
    settings = (locked.cwd / ".scriptlint.yaml").read_text()
    locked.write(".scriptlint.yaml", settings + "levels: {old-words: error}\n")
    done = locked.run("check")
    assert (done.code, "说明" in done.out) == (1, False)


def test_a_comment_against_a_locked_rule_has_no_effect_and_is_told(locked: Desk) -> None:
    locked.write("a.md", f'<!-- scriptlint: disable-next sure-return reason="原话" -->\n{BAD}')
    done = locked.run("check", "a.md")
    assert done.code == 1
    assert "a.md:2:10: error zz/promised-return" in done.out
    assert "a.md:1:18: warning scriptlint/locked-rule 「sure-return」是锁定的规则，注释不能屏蔽它。" in done.out
    assert "unused-suppression" not in done.out
    locked.write("a.md", f'<!-- scriptlint: disable-next zz reason="原话" -->\n老掉牙的话，{BAD}')
    report = json.loads(locked.run("check", "a.md", "--format", "json").out)
    assert [(finding["rule"], finding["status"]) for finding in report["findings"]] == [
        ("scriptlint/locked-rule", "open"),
        ("zz/old-words", "suppressed"),
        ("zz/promised-return", "open"),
    ]


def test_a_waiver_silences_a_locked_rule(locked: Desk) -> None:
    locked.write("waivers.yaml", WAIVER.replace("sms/a.txt", "a.txt"))
    assert locked.run("check", "a.txt", "--waivers", "waivers.yaml", *DAY).code == 0


def test_rules_say_that_they_are_locked(desk: Desk) -> None:
    assert "锁定: 不能调低、关闭、屏蔽或列入基线" in desk.run("explain", "cn/guaranteed-principal").out
    rows = json.loads(desk.run("rules", "cn/guaranteed-principal", "cn/wink", "--select", "cn", "--format", "json").out)
    assert {row["id"]: row["locked"] for row in rows} == {"cn/guaranteed-principal": True, "cn/wink": False}
