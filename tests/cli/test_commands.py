"""The commands beside ``check``."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from scriptlint import cli, config, yamltree
from tests.cli.conftest import OLD_RULE, RULE, Desk

BAD = "这款理财保证收益。\n"


def test_help_names_every_command(desk: Desk) -> None:
    out = desk.run("--help").out
    for name in (
        "check",
        "config",
        "coverage",
        "explain",
        "extract",
        "init",
        "review",
        "rules",
        "schema",
        "score",
        "test-rules",
    ):
        assert f"\n  {name} " in out
        assert desk.run(name, "--help").code == 0


def test_a_command_that_does_not_exist(desk: Desk) -> None:
    done = desk.run("chek")
    assert done.code == 2
    assert 'Did you mean "check"?' in done.err


def test_version(desk: Desk) -> None:
    assert desk.run("--version").out.startswith("scriptlint 0.")


def test_an_error_of_our_own_is_one_line(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken inside")

    monkeypatch.chdir(desk.cwd)
    monkeypatch.delenv("SCRIPTLINT_DEBUG", raising=False)
    monkeypatch.setattr("scriptlint.config.find", fail)
    assert cli.main(["check", "."]) == 2
    err = capsys.readouterr().err
    assert err.startswith("internal error: RuntimeError: broken inside; please report it")
    assert len(err.splitlines()) == 1
    monkeypatch.setenv("SCRIPTLINT_DEBUG", "1")
    with pytest.raises(RuntimeError):
        cli.main(["check", "."])


# -- explain --------------------------------------------------------------------------------------------------


def test_explain_shows_the_rule_as_a_page(desk: Desk) -> None:
    out = desk.run("explain", "sure-return").out
    for part in (
        "zz/promised-return  承诺收益",
        "类别: return-claim",
        "级别: error",
        "适用: 不适用于 product=deposit",
        "ZZ-LAW 《示例条例》(示例〔2020〕1号) 第一条 [2020-01-01 起施行; 2029-12-31 止; V1 已核对原文]",
        "建议: 写明收益会变动。",
        "negated  否定",
        "fail: 我们[[保证收益]]。",
        "pass: 收益不确定。",
    ):
        assert part in out


def test_explain_in_english(desk: Desk) -> None:
    out = desk.run("explain", "old-words", "--lang", "en").out
    assert "zz/old-words  Old words" in out
    assert "practice of the trade, no clause" in out


def test_explain_knows_the_rules_about_comments(desk: Desk) -> None:
    assert "屏蔽注释没有屏蔽任何内容" in desk.run("explain", "unused-suppression").out


def test_explain_a_line_tells_what_was_found_and_what_cleared_the_rest(desk: Desk) -> None:
    desk.write("a.txt", "您好。\n本产品不保证收益，但他承诺收益。\n客户：保证收益吗\n")
    out = desk.run("explain", "a.txt:2").out
    assert "2:5 zz/promised-return 「保证收益」 命中后排除，因为 negated (依据文字「不」)" in out
    assert "2:12 zz/promised-return 「承诺收益」 报出" in out
    assert "说话人是 customer" in desk.run("explain", "a.txt:3").out
    assert "没有规则在这一行命中。" in desk.run("explain", "a.txt:1").out


def test_explain_tells_of_a_context_that_keeps_a_rule_out(desk: Desk) -> None:
    desk.write("a.md", "# 理财\n\n保证收益。\n\n# 存款\n\n存款保证收益。\n")
    out = desk.run("explain", "a.md:7", "--product", "deposit").out
    assert "报出" not in out


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("promised-retrun", 'did you mean "promised-return"?'),
        ("a.txt", "which line?"),
        ("a.txt:99", "there is no line 99"),
        ("nowhere.txt:1", 'cannot read "nowhere.txt"'),
    ],
)
def test_explain_says_what_is_wrong(desk: Desk, what: str, message: str) -> None:
    desk.write("a.txt", BAD)
    done = desk.run("explain", what)
    assert done.code == 2
    assert message in done.err


# -- rules, schema, config, init ------------------------------------------------------------------------------


def test_rules_are_listed_and_filtered(desk: Desk) -> None:
    assert [line.split()[0] for line in desk.run("rules").out.splitlines()] == [
        "zz/old-words",
        "zz/promised-return",
    ]
    assert desk.run("rules", "--family", "conduct").out == "zz/old-words  conduct       advice     旧话\n"
    assert desk.run("rules", "--pack", "cn").out == ""
    assert desk.run("rules", "--pack", "xx").code == 2
    (row,) = json.loads(desk.run("rules", "sure-return", "--format", "json").out)
    assert (row["id"], row["examples"]["fail"]) == ("zz/promised-return", 2)
    assert row["basis"] == [
        {
            "source": "ZZ-LAW",
            "title": "示例条例",
            "number": "示例〔2020〕1号",
            "clause": "第一条",
            "verified": "V1",
        }
    ]


def test_rules_out_of_force_are_not_listed(desk: Desk) -> None:
    assert "promised-return" not in desk.run("rules", "--as-of", "2030-01-01").out
    assert "本次检查日不启用" in desk.run("explain", "promised-return", "--as-of", "2030-01-01").out


def test_the_schema_of_rules_accepts_rules_and_refuses_others(desk: Desk) -> None:
    schema = json.loads(desk.run("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    for text in (RULE, OLD_RULE):
        jsonschema.validate(yamltree.plain(yamltree.parse(text)), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yamltree.plain(yamltree.parse(RULE.replace("forbid:", "forbids:"))), schema)


def test_the_schema_of_settings(desk: Desk) -> None:
    assert json.loads(desk.run("schema", "settings").out) == config.schema()


def test_init_writes_settings_that_hold_and_overwrites_nothing(desk: Desk) -> None:
    (desk.cwd / ".scriptlint.yaml").unlink()
    done = desk.run("init")
    assert (done.code, done.out) == (0, ".scriptlint.yaml\n")
    written = (desk.cwd / ".scriptlint.yaml").read_text(encoding="utf-8")
    assert config.load(desk.cwd / ".scriptlint.yaml", "s").lang == "zh"
    again = desk.run("init")
    assert again.code == 2
    assert "exists already" in again.err
    assert (desk.cwd / ".scriptlint.yaml").read_text(encoding="utf-8") == written


def test_every_example_in_the_template_holds_when_it_is_uncommented(tmp_path: Path) -> None:
    from scriptlint.cli.init import TEMPLATE

    (tmp_path / "compliance" / "rules").mkdir(parents=True)
    lines = [
        line.removeprefix("# ") if line.startswith("# ") and _is_yaml(line[2:]) else line
        for line in TEMPLATE.splitlines()
    ]
    settings = config.parse("\n".join(lines) + "\n", "s", tmp_path)
    assert settings.select == ("return-claim", "privacy")
    assert len(settings.contexts) == 2
    assert settings.speakers.customer == ("来电人",)
    assert settings.rules_paths == (tmp_path / "compliance" / "rules",)


def _is_yaml(line: str) -> bool:
    key = line.split(":")[0]
    return line.startswith("  ") or key in config.schema()["properties"]


def test_config_show_tells_where_each_value_comes_from(desk: Desk) -> None:
    settings = (desk.cwd / ".scriptlint.yaml").read_text()
    desk.write(
        ".scriptlint.yaml", settings + 'lang: en\ncontexts:\n  - {files: "sms/**", kind: sms}\nexclude: ["*.md"]\n'
    )
    shown = desk.run("config", "show", "sms/a.txt", "--select", "conduct", "--format", "json")
    rows = json.loads(shown.out)
    assert rows["lang"] == {"value": "en", "origin": ".scriptlint.yaml:3:1"}
    assert rows["select"] == {"value": ["conduct"], "origin": "--select"}
    assert rows["format"] == {"value": "text", "origin": "default"}
    assert rows["kind"] == {"value": ["sms"], "origin": "settings (sms/** at .scriptlint.yaml:5:5)"}
    assert rows["excluded"]["value"] is False
    text = desk.run("config", "show", "x.md").out
    assert 'lang                  "en"  # .scriptlint.yaml:3:1\n' in text
    assert "excluded              true  # glob *.md\n" in text


# -- extract --------------------------------------------------------------------------------------------------


def test_extract_shows_the_text_as_checked(desk: Desk) -> None:
    desk.write("a.md", "# 标题\n\n客户：保本吗？\n\n客服：不**保**本。\n")
    out = desk.run("extract", "a.md").out
    assert "1:3 heading" in out
    assert "turn customer § 标题 [客户] | 保本吗？" in out
    assert "不保本。" in out
    data = json.loads(desk.run("extract", "a.md", "--format", "json").out)
    last = data["segments"][-1]
    assert (last["role"], last["section"], last["line"]) == ("institution", ["标题"], 5)


def test_extract_says_what_cannot_be_read(desk: Desk) -> None:
    desk.write("a.bin", b"\x00\x01\x02" * 40)
    assert desk.run("extract", "a.bin").code == 3
    done = desk.run("extract", "nowhere.txt")
    assert (done.code, 'cannot read "nowhere.txt"' in done.err) == (2, True)


# -- test-rules -----------------------------------------------------------------------------------------------


def test_rules_that_keep_their_word(desk: Desk) -> None:
    done = desk.run("test-rules", "zz")
    assert done.code == 0
    assert "packs/zz/conduct/old-words.yaml: 1 fail, 1 pass\n" in done.out
    assert done.out.endswith("2 rules, 6 examples, 0 wrong, 0 known gaps\n")


def test_missing_noisy_and_closed_gaps_are_told_apart(desk: Desk) -> None:
    text = RULE.replace('"[[承诺收益]]给您。"', '"[[承诺给您]]收益。"').replace('"收益不确定。"', '"他承诺收益。"')
    text += '  known-miss: ["还[[保证收益]]。"]\n  known-alarm: ["无所谓。"]\n'
    desk.write("../packs/zz/return-claim/promised-return.yaml", text)
    done = desk.run("test-rules", "../packs/zz/return-claim/promised-return.yaml")
    assert done.code == 1
    assert "Missing (a failing example in which the marked words are not found exactly): 1\n" in done.out
    assert "    expected: [[承诺给您]]收益。\n    found:    [[承诺给您收益]]。\n" in done.out
    assert "Noisy (a passing example with findings): 1\n" in done.out
    assert "    found:    他[[承诺收益]]。\n" in done.out
    assert "Known gaps that are closed (move them to fail or pass): 2\n" in done.out
    assert done.out.endswith("1 rules, 6 examples, 4 wrong, 2 known gaps\n")


def test_rules_of_a_folder_that_no_settings_name(desk: Desk) -> None:
    (desk.cwd / ".scriptlint.yaml").unlink()
    for what in ("../packs", "../packs/zz", "../packs/zz/conduct"):
        done = desk.run("test-rules", what)
        assert done.code == 0, done
        assert " 0 wrong" in done.out
    assert desk.run("test-rules", "../packs/zz/conduct").out.endswith("1 rules, 2 examples, 0 wrong, 0 known gaps\n")


def test_test_rules_says_what_is_wrong(desk: Desk) -> None:
    done = desk.run("test-rules", "promised-retrun")
    assert (done.code, 'did you mean "promised-return"?' in done.err) == (2, True)
    desk.write("empty/a.txt", "x")
    assert "there are no rules in" in desk.run("test-rules", "empty").err
    desk.write("../packs/zz/conduct/old-words.yaml", OLD_RULE.replace("advice", "advise"))
    broken = desk.run("test-rules", "zz")
    assert broken.code == 2
    assert "packs/zz/conduct/old-words.yaml:4:10: verdict must be" in broken.err


# -- score ----------------------------------------------------------------------------------------------------

LABELS = """\
files:
  a.txt:
    findings: [{id: a1, family: return-claim, quote: 保证收益, start: 4, difficulty: easy}]
  b.txt:
    findings: []
"""


def test_score_measures_and_lists(desk: Desk) -> None:
    desk.write("corpus/labels.yaml", LABELS)
    desk.write("corpus/a.txt", BAD)
    desk.write("corpus/b.txt", "老掉牙的话。\n")
    done = desk.run("score", "corpus/labels.yaml", "--verbose")
    assert done.code == 0
    assert "corpus/labels.yaml: 2 scripts, 1 of them clean (7 characters)" in done.out
    assert "found by difficulty: easy 1/1" in done.out
    assert "  b.txt (clean)  zz/old-words  老掉牙的话\n" in done.out
    result = json.loads(desk.run("score", "corpus/labels.yaml", "--format", "json").out)["corpus/labels.yaml"]
    assert (result["all"]["hits"], result["all"]["alarms"], result["all"]["misses"]) == (1, 1, 0)
    assert result["rules"]["zz/promised-return"]["f1"] == 1.0


def test_score_says_what_is_wrong(desk: Desk) -> None:
    assert 'cannot read "nowhere.yaml"' in desk.run("score", "nowhere.yaml").err
    desk.write("labels.yaml", LABELS)
    done = desk.run("score", "labels.yaml")
    assert (done.code, 'cannot read the script "a.txt"' in done.err) == (2, True)
    desk.write("a.txt", "x" + BAD)
    desk.write("b.txt", "x")
    moved = desk.run("score", "labels.yaml")
    assert (moved.code, 'a.txt: label a1: "保证收益" does not stand at 4' in moved.err) == (2, True)
    desk.write("labels.yaml", "files:\n  a.txt: {findings: [{family: x, quote: y, start: 0}]}\n")
    done = desk.run("score", "labels.yaml")
    assert (done.code, "labels.yaml:2:22: family must be one of" in done.err) == (2, True)


def test_no_command_prints_personal_data_of_rules_that_are_not_selected(desk: Desk) -> None:
    desk.write(
        "../packs/zz/privacy/mobile-number.yaml",
        "id: mobile-number\ntitle: 手机号\nfamily: privacy\nverdict: violation\ndetect: {entities: [mobile]}\n"
        "message: 手机号「{match}」。\nsuggest: 遮盖。\nbasis: practice\n"
        'examples: {fail: ["手机[[13800000001]]。"], pass: ["无。"]}\n',
    )
    desk.write("a.txt", "承诺收益，手机13800000001，保证13800000001收益。\n")
    for args in (
        ["explain", "a.txt:1"],
        ["explain", "a.txt:1", "--select", "return-claim"],
        ["check", "a.txt"],
        ["check", "a.txt", "--select", "return-claim", "--format", "json"],
    ):
        done = desk.run(*args)
        assert done.code in (0, 1), done
        assert "承诺收益" in done.out
        assert "13800000001" not in done.out, args


# -- coverage -------------------------------------------------------------------------------------------------

SOURCES = """\
- id: ZZ-LAW
  title: 示例条例
  status: in-force
  verified: V1
  in_force: 2020-01-01
  ends: 2029-12-31
  clauses:
    - {clause: 第一条, about: 不得承诺收益}
    - {clause: 第二条, about: 字体要醒目, unchecked: 文字里看不出字体}
    - {clause: 第三条, about: 应当留存记录}
"""


def test_coverage_tells_clause_by_clause(desk: Desk) -> None:
    desk.write("../packs/zz/sources.yaml", SOURCES)
    done = desk.run("coverage", "--as-of", "2026-11-24")
    assert done.code == 0
    assert "第一条 不得承诺收益: 有规则: zz/promised-return" in done.out
    assert "第二条 字体要醒目: 不检查: 文字里看不出字体" in done.out
    assert "第三条 应当留存记录: 尚无规则" in done.out
    opened = json.loads(desk.run("coverage", "--open", "--format", "json").out)
    assert "第三条" in [row["clause"] for row in opened]
    assert {row["state"] for row in opened} == {"open"}


def test_coverage_knows_what_is_not_in_force(desk: Desk) -> None:
    desk.write("../packs/zz/sources.yaml", SOURCES)
    out = desk.run("coverage", "--as-of", "2019-12-31", "--lang", "en").out
    assert "第一条 不得承诺收益: not in force" in out
