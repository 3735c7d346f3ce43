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
    "biases": [-3000, -1000],
    "tables": {
        "words": {"稳": [0, 4000], "稳得": [0, 5000], "天": [900, -4000], "您": [0, -1000]},
        "asked": {"吗?": [0, 700]},
        "before": {"放心": [0, 400]},
        "after": {"真的": [0, 200]},
        "circumstances": {"kind=ad": [0, 500]},
    },
    "wholes": {"offends": {"": -1000, "稳得": 3000}, "missing": {"": -500, "买吧": 2000}},
    "document": {"other": [0, 1, 0, 0, 0, 0, 0], "promise": [0, 1, 0, 0, 0, 2, 1]},
}


def model(folder: Path, data: object = MODEL) -> None:
    path = folder / "rules" / "zz" / "models" / "promises.json"
    path.parent.mkdir(parents=True)
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")


def test_numbers_and_quotation_marks_look_alike_to_it() -> None:
    assert scorer.runs("“赚 12,000 块”") == scorer.runs("赚3.5块")


def trained() -> scorer.Scorer:
    return scorer.read(json.dumps(MODEL).encode())


def surroundings(**around: object) -> tuple[float, ...]:
    return trained().surroundings(scorer.Around(**around))  # type: ignore[arg-type]


def test_a_sentence_alone_has_the_bias_and_the_weights_of_its_runs_each_counted_once() -> None:
    none = surroundings()
    assert none == (-3000, -1000)
    assert trained().alone("稳稳稳", none) == trained().alone("稳稳", none)
    assert trained().alone("稳", none) == scorer.log_odds([-3.0, 3.0])
    assert trained().alone("好", none) == scorer.log_odds([-3.0, -1.0])


def test_what_stands_around_a_sentence_counts_by_its_place() -> None:
    assert surroundings(circumstances=("kind=ad", "kind=sms")) == (-3000, -500)
    assert surroundings(asked="保本吗?") == (-3000, -300)
    assert surroundings(before="您放心") == (-3000, -600)
    assert surroundings(after="真的稳") == (-3000, -800)
    assert surroundings(before="保本吗?", after="您放心", asked="真的") == (-3000, -1000)


def test_labels_compete_for_a_sentence() -> None:
    alone = scorer.log_odds([-9.0, 1.0])[1]
    assert scorer.log_odds([1.0, 1.0])[1] < alone


def test_the_same_sentence_weighs_more_beside_others_of_its_kind() -> None:
    doubtful, sober = trained().alone("稳", surroundings()), trained().alone("好", surroundings())
    among_sober = trained().together("promise", [doubtful, sober, sober], 0.0)[0]
    among_doubtful = trained().together("promise", [doubtful, doubtful, doubtful], 0.0)[0]
    assert among_doubtful > among_sober


def test_the_tone_of_a_document_counts_for_every_sentence() -> None:
    assert trained().whole("offends", scorer.sounds(["今天", "好"])) == -1.0
    assert trained().whole("offends", scorer.sounds(["今天", "稳得很"])) == 2.0
    doubtful = trained().alone("稳", surroundings())
    assert trained().together("promise", [doubtful], 2.0)[0] - trained().together("promise", [doubtful], 0.0)[0] == 2.0


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
