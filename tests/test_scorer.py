"""The scorer: the same score everywhere, in reviews only, at the words that weigh most."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scriptlint.language import scorer
from tests.test_packs import write

RULE = """\
id: doubtful
title: 可疑说法
family: return-claim
verdict: review
scored: {model: promises, label: promise, at-least: 0.5}
message: 「{match}」可疑。
suggest: 请人工判断。
basis: practice
examples:
  fail: ["今天天气不错，[[这钱稳得很]]，您看呢。"]
  pass: ["今天天气不错，您看呢。"]
"""
MODEL = {
    "labels": ["other", "promise"],
    "biases": [0, -1000],
    "weights": {"稳": [0, 4000], "稳得": [0, 5000], "天": [900, -4000], "您": [0, -1000]},
    "circumstances": {"kind=ad": [0, 500]},
    "document": {"other": [0, 1, 0, 0, 0, 0], "promise": [0, 1, 0, 0, 0, 2]},
}


def model(folder: Path, data: object = MODEL) -> None:
    path = folder / "rules" / "zz" / "models" / "promises.json"
    path.parent.mkdir(parents=True)
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")


def test_numbers_and_quotation_marks_look_alike_to_it() -> None:
    assert scorer.runs("“赚 12,000 块”") == scorer.runs("赚3.5块")


def trained() -> scorer.Scorer:
    return scorer.read(json.dumps(MODEL).encode())


def test_a_sentence_alone_has_the_bias_and_the_weights_of_its_runs_each_counted_once() -> None:
    assert trained().alone("稳稳稳") == trained().alone("稳稳") == (0.0, 3.0)
    assert trained().alone("好") == (0.0, -1.0)
    assert trained().alone("好", ("kind=ad", "kind=sms")) == (0.0, -0.5)


def test_the_same_sentence_weighs_more_beside_others_of_its_kind() -> None:
    doubtful, sober = trained().alone("稳"), trained().alone("好")
    among_sober = trained().together("promise", [doubtful, sober, sober])[0]
    among_doubtful = trained().together("promise", [doubtful, doubtful, doubtful])[0]
    assert among_doubtful > among_sober


def test_a_rule_reports_the_clause_that_weighs_most(tmp_path: Path) -> None:
    from scriptlint import ruletests

    model(tmp_path)
    ruleset = write(tmp_path, **{"return-claim__doubtful": RULE})
    assert ruleset.problems == ()
    assert [outcome.state for outcome in ruletests.run(ruleset, ["zz/doubtful"])] == ["ok", "ok"]


@pytest.mark.parametrize(
    "data",
    ["{", "[]", '{"labels": ["a"]}', json.dumps({**MODEL, "biases": [0]}), json.dumps({**MODEL, "document": {}})],
)
def test_a_damaged_model_is_a_problem_with_a_cure(tmp_path: Path, data: str) -> None:
    model(tmp_path, data)
    ruleset = write(tmp_path, **{"return-claim__doubtful": RULE})
    assert "train.py" in ruleset.problems[0].message


def test_an_unknown_model_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    model(tmp_path)
    ruleset = write(tmp_path, **{"return-claim__doubtful": RULE.replace("promises", "promise")})
    assert 'did you mean "promises"?' in ruleset.problems[0].message


def test_a_scored_rule_cannot_decide_alone(tmp_path: Path) -> None:
    model(tmp_path)
    ruleset = write(tmp_path, **{"return-claim__doubtful": RULE.replace("verdict: review", "verdict: violation")})
    assert "review" in ruleset.problems[0].message
