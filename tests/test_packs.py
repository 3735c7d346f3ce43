from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scriptlint import packs
from scriptlint.language.ruleset import RuleSet

DAY = date(2026, 11, 24)
RULE = """\
id: promised-return
title: 承诺收益
family: return-claim
verdict: violation
forbid: ["{promise} ~ 收益"]
unless: [negated]
message: 「{match}」承诺收益。
suggest: 删去。
basis: [{source: LAW, clause: 第一条}]
examples:
  fail: ["我们[[保证收益]]。"]
  pass: ["收益不确定。"]
"""
GUARDS = "negated: {title: 否定, any: [{before: 不}]}\n"
SOURCES = "- {id: LAW, title: 某法, status: in-force, verified: V1, in_force: 2020-01-01, ends: 2027-01-01}\n"
WORDS = "promise: [保证, 承诺]\n"


def write(folder: Path, **files: str) -> RuleSet:
    pack = folder / "rules" / "zz"
    parts = {"sources.yaml": SOURCES, "guards.yaml": GUARDS, "vocabulary/words.yaml": WORDS}
    parts |= {name.replace("__", "/") + ".yaml": text for name, text in files.items()}
    for name, text in parts.items():
        path = pack / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return packs.load([folder / "rules"], as_of=DAY)


def messages(ruleset: RuleSet) -> list[str]:
    return [f"{problem.place()} {problem.message}" for problem in ruleset.problems]


def write_rule(folder: Path, text: str) -> list[str]:
    path = folder / "rules/zz/return-claim/promised-return.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return messages(write(folder))


def test_a_sound_rule_loads(tmp_path: Path) -> None:
    assert write_rule(tmp_path, RULE) == []
    ruleset = packs.load([tmp_path / "rules"], as_of=DAY)
    assert list(ruleset.rules) == ["zz/promised-return"]
    assert ruleset.rules["zz/promised-return"].basis[0].clause == "第一条"


PLACE = "rules/zz/return-claim/promised-return.yaml"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("verdict: violation", "verdict: violaton",
         f'{PLACE}:4:10 verdict must be violation, evidence, review or advice, not "violaton"; did you mean "violation"?'),
        ("unless:", "unles:", f'{PLACE}:6:1 unknown key "unles"; did you mean "unless"?'),
        ("{promise} ~", "{promisse} ~", f'{PLACE}:5:12 unknown concept "promisse"; did you mean "promise"?'),
        ("[negated]", "[negatd]", f'{PLACE}:6:10 unknown guard "negatd"; did you mean "negated"?'),
        ("source: LAW", "source: LAWS", f'{PLACE}:9:18 unknown source "LAWS"; did you mean "LAW"?'),
        ("id: promised-return", "id: other-name", f'{PLACE}:1:5 the id "other-name" must be the name of the file, "promised-return"'),
        ("forbid:", "forbidden:", f'{PLACE}:5:1 unknown key "forbidden"; did you mean "forbid"?'),
        ('fail: ["我们[[保证收益]]。"]', 'fail: ["我们保证收益。"]', f"{PLACE}:11:10 a fail example marks what must be found with [[ ]]"),
        ('pass: ["收益不确定。"]', "pass: []", f"{PLACE}:11:3 a rule needs at least one pass example"),
        ("suggest: 删去。\n", "", f'{PLACE}:1:1 the key "suggest" is missing'),
        ("title: 承诺收益", "title: 承诺收益\ntitle: 又一个", f'{PLACE}:3:1 duplicate key "title" (first at line 2)'),
        ("~ 收益", "~ 收益 (", f"{PLACE}:5:27 nothing to look for here"),
        ("title: 承诺收益", "title: [承诺", f"{PLACE}:3:"),
    ],
)  # fmt: skip
def test_a_broken_rule_says_where_and_why(tmp_path: Path, old: str, new: str, expected: str) -> None:
    found = write_rule(tmp_path, RULE.replace(old, new))
    assert any(message.startswith(expected) for message in found), found


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    broken = RULE.replace("[negated]", "[negatd]").replace("{promise}", "{promisse}").replace("LAW,", "LOW,")
    assert len(write_rule(tmp_path, broken)) == 3


def test_a_broken_rule_leaves_the_others_alone(tmp_path: Path) -> None:
    write_rule(tmp_path, RULE.replace("verdict: violation", "verdict: x"))
    ruleset = write(tmp_path, **{"conduct__promised-too": RULE.replace("promised-return", "promised-too")})
    assert list(ruleset.rules) == ["zz/promised-too"]
    assert len(ruleset.problems) == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "promise: [保证]\nother: ['{promis}']\n",
            'rules/zz/vocabulary/words.yaml:2:1 other: unknown concept "promis"; did you mean "promise"?',
        ),
        ("promise: ['{promise}了']\n", "vocabulary concepts lead back to themselves: promise -> promise"),
        ("Promise: [保证]\n", 'rules/zz/vocabulary/words.yaml:1:1 unknown key "Promise"'),
        ("promise: ['(保证']\n", 'rules/zz/vocabulary/words.yaml:1:12 "(" is not closed'),
    ],
)
def test_a_broken_vocabulary_says_where_and_why(tmp_path: Path, words: str, expected: str) -> None:
    assert expected in messages(write(tmp_path, vocabulary__words=words))


def test_a_concept_has_one_home(tmp_path: Path) -> None:
    found = messages(write(tmp_path, vocabulary__more="promise: [担保]\n"))
    assert found == [
        'rules/zz/vocabulary/words.yaml:1:1 the concept "promise" is already defined in rules/zz/vocabulary/more.yaml'
    ]


@pytest.mark.parametrize(
    ("day", "active"),
    [
        (date(2019, 12, 31), False),
        (date(2020, 1, 1), True),
        (date(2027, 1, 1), True),
        (date(2027, 1, 2), False),
    ],
)
def test_a_rule_binds_while_its_source_does(tmp_path: Path, day: date, active: bool) -> None:
    write_rule(tmp_path, RULE)
    ruleset = packs.load([tmp_path / "rules"], as_of=day)
    assert ("zz/promised-return" in ruleset.rules) is active
    assert ("zz/promised-return" in ruleset.inactive) is not active


def test_names_stand_for_rules(tmp_path: Path) -> None:
    write_rule(tmp_path, RULE + "aliases: [old-promise]\n")
    ruleset = packs.load([tmp_path / "rules"], as_of=DAY)
    for name in (
        "return-claim",
        "zz",
        "promised-return",
        "zz/promised-return",
        "old-promise",
        "zz/old-promise",
    ):
        assert packs.resolve(ruleset, name) == ("zz/promised-return",)
    assert list(packs.select(ruleset, ["zz"], ["promised-return"]).rules) == []
    with pytest.raises(packs.UnknownRule, match=r'unknown rule "promised-retrun"; did you mean "promised-return"\?'):
        packs.resolve(ruleset, "promised-retrun")


def test_the_fingerprint_follows_the_content(tmp_path: Path) -> None:
    first = write(tmp_path / "a").fingerprint
    assert write(tmp_path / "b").fingerprint == first
    assert write(tmp_path / "b", vocabulary__words="promise: [保证]\n").fingerprint != first


def test_the_shipped_packs_load_without_a_mistake() -> None:
    ruleset = packs.load([packs.find_rules_dir()], as_of=DAY)
    assert messages(ruleset) == []
    assert len(ruleset.rules) >= 80
