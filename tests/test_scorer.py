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
scored: {model: promises, at-least: 500}
message: 「{match}」可疑。
suggest: 请人工判断。
basis: practice
examples:
  fail: ["今天天气不错，[[这钱稳得很]]，您看呢。"]
  pass: ["今天天气不错，您看呢。"]
"""
MODEL = {"bias": -1000, "weights": {"稳": 600, "稳得": 700, "钱稳": 700, "天": -10}}


def model(folder: Path, data: object = MODEL) -> None:
    path = folder / "rules" / "zz" / "models" / "promises.json"
    path.parent.mkdir(parents=True)
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")


def test_numbers_and_quotation_marks_look_alike_to_it() -> None:
    assert scorer.runs("“赚 12,000 块”") == scorer.runs("赚3.5块")


def test_a_score_is_the_bias_and_the_weights_of_runs_each_counted_once() -> None:
    trained = scorer.read(json.dumps({"bias": 10, "weights": {"稳": 5, "稳稳": 7, "无": 100}}).encode())
    assert (
        trained.score("稳稳稳")
        == trained.score("稳稳")
        == pytest.approx(scorer.Scorer(10, {"稳": 5, "稳稳": 7}).score("稳稳"))
    )


def test_a_rule_reports_the_clause_that_weighs_most(tmp_path: Path) -> None:
    from scriptlint import ruletests

    model(tmp_path)
    ruleset = write(tmp_path, **{"return-claim__doubtful": RULE})
    assert ruleset.problems == ()
    assert [outcome.state for outcome in ruletests.run(ruleset, ["zz/doubtful"])] == ["ok", "ok"]


@pytest.mark.parametrize("data", ["{", "[]", '{"bias": 1}', '{"bias": "x", "weights": {}}'])
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
