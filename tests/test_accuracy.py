"""The scorer: what counts as a hit, a duplicate, neutral or an alarm."""

from __future__ import annotations

import pytest

from scriptlint import accuracy
from scriptlint.accuracy import Claim, Corpus, Label, LabelError, Labelled
from scriptlint.model.span import Span

TEXT = "甲乙丙丁" * 100


def label(start: int, end: int, family: str = "conduct", *, rule: str = "", also: tuple[str, ...] = ()) -> Label:
    return Label(f"l{start}", family, Span(start, end), TEXT[start:end], difficulty="easy", also=also, rule=rule)


def claim(start: int, end: int, family: str = "conduct", rule: str = "cn/r") -> Claim:
    return Claim(family, Span(start, end), rule)


def counts(
    labels: tuple[Label, ...],
    *claims: Claim,
    family: str = "conduct",
    ignored: tuple[tuple[str, Span], ...] = (),
    neutral: frozenset[str] = frozenset(),
) -> dict[str, int]:
    corpus = Corpus((Labelled("a.txt", labels, ignored),), neutral)
    tally = accuracy.score(corpus, {"a.txt": TEXT}, {"a.txt": claims}).families[family]
    found = {
        "hits": tally.hits,
        "misses": tally.misses,
        "alarms": tally.alarms,
        "duplicates": tally.duplicates,
        "neutral": tally.neutral,
    }
    return {name: count for name, count in found.items() if count}


def test_one_shared_character_is_a_hit() -> None:
    assert counts((label(10, 20),), claim(19, 25)) == {"hits": 1}
    assert counts((label(10, 20),), claim(20, 25)) == {"misses": 1, "alarms": 1}


def test_the_family_must_be_the_same() -> None:
    assert counts((label(10, 20),), claim(10, 20, "privacy")) == {"misses": 1}


def test_a_second_finding_on_a_label_is_a_duplicate() -> None:
    assert counts((label(10, 20),), claim(10, 12), claim(15, 18)) == {"hits": 1, "duplicates": 1}


def test_the_same_place_claimed_twice_by_a_rule_counts_once() -> None:
    assert counts((label(10, 20),), claim(10, 12), claim(10, 12)) == {"hits": 1}


def test_one_finding_is_a_hit_for_one_label_only() -> None:
    assert counts((label(10, 20), label(20, 30)), claim(15, 25)) == {"hits": 1, "misses": 1}


def test_the_largest_pairing_is_found() -> None:
    # The wide claim could take either label; only one choice leaves room for the other claim.
    assert counts((label(10, 20), label(20, 30)), claim(12, 28), claim(11, 13)) == {"hits": 2}


def test_a_finding_much_wider_than_the_label_does_not_count() -> None:
    assert counts((label(10, 12),), claim(0, 160)) == {"hits": 1}
    assert counts((label(10, 12),), claim(0, 161)) == {"misses": 1, "alarms": 1}
    assert counts((label(10, 50),), claim(0, 240)) == {"hits": 1}


def test_a_missing_warning_has_no_exact_place() -> None:
    labels = (label(10, 12, "risk-warning"), label(50, 52, "risk-warning"))
    claims = [claim(start, start + 1, "risk-warning") for start in (0, 300, 310)]
    assert counts(labels, *claims, family="risk-warning") == {"hits": 2, "duplicates": 1}


def test_ignored_places_and_neutral_terms_are_not_scored() -> None:
    assert counts((), claim(5, 8), ignored=(("conduct", Span(7, 9)),)) == {"neutral": 1}
    assert counts((), claim(5, 8), ignored=(("privacy", Span(7, 9)),)) == {"alarms": 1}
    assert counts((), claim(0, 2, "jargon"), family="jargon", neutral=frozenset(("甲乙",))) == {"neutral": 1}
    assert counts((label(0, 4, also=("privacy",)),), claim(0, 2, "privacy"), family="privacy") == {"neutral": 1}


def test_alarms_on_clean_text_are_counted_by_length() -> None:
    corpus = Corpus((Labelled("a.txt", ()), Labelled("b.txt", (label(0, 2),))))
    score = accuracy.score(corpus, {"a.txt": TEXT, "b.txt": TEXT}, {"a.txt": [claim(0, 2)], "b.txt": [claim(9, 12)]})
    assert (score.clean_scripts, score.clean_characters) == (1, 400)
    assert score.total.alarms == 2
    assert score.per_10k(score.total) == 25.0
    assert [(alarm.script, alarm.clean) for alarm in score.alarms] == [("a.txt", True), ("b.txt", False)]


def test_shares() -> None:
    corpus = Corpus((Labelled("a.txt", (label(0, 4), label(10, 14), label(20, 24))),))
    claims = [claim(0, 2), claim(10, 12), claim(50, 52), claim(60, 62)]
    tally = accuracy.score(corpus, {"a.txt": TEXT}, {"a.txt": claims}).total
    assert tally.precision == 0.5
    assert tally.recall == pytest.approx(2 / 3)
    assert tally.f1 == pytest.approx(4 / 7)
    assert (tally.reached["easy"], tally.wanted["easy"]) == (2, 3)


def test_a_rule_is_measured_by_the_labels_that_name_it() -> None:
    labels = (label(0, 4, rule="r"), label(10, 14, rule="r"), label(20, 24, rule="other"))
    corpus = Corpus((Labelled("a.txt", labels),))
    claims = [claim(0, 1), claim(2, 3), claim(50, 52)]
    tally = accuracy.score(corpus, {"a.txt": TEXT}, {"a.txt": claims}).rules["cn/r"]
    assert (tally.right, tally.alarms, tally.met, tally.wanted) == (2, 1, 1, 2)
    assert tally.precision == pytest.approx(2 / 3)
    assert tally.recall == 0.5


def test_an_empty_corpus_scores_nothing() -> None:
    score = accuracy.score(Corpus(()), {}, {})
    assert (score.total.f1, score.per_10k(score.total)) == (0.0, 0.0)


LABELS = """\
neutral_jargon: [净值]
files:
  b.txt:
    findings:
    - {id: b1, family: privacy, quote: 甲乙, start: 0, difficulty: hard, also: [conduct], missing: x, rule: r}
    ignore:
    - {family: jargon, text: 丙丁, start: 2}
    part: check
  a.txt:
    findings: []
"""


def test_a_labels_file_is_read() -> None:
    corpus = accuracy.parse(LABELS)
    assert corpus.neutral_terms == {"净值"}
    clean, marked = corpus.scripts
    assert (clean.name, clean.labels) == ("a.txt", ())
    assert marked.labels == (Label("b1", "privacy", Span(0, 2), "甲乙", "x", "hard", ("conduct",), "r"),)
    assert marked.ignored == (("jargon", Span(2, 4)),)
    assert [script.name for script in corpus.only("check").scripts if script.part == "check"][-1] == "b.txt"
    assert list(accuracy.misplaced(corpus, {"a.txt": "", "b.txt": "x甲乙"})) == [
        ("b.txt", 'label b1: "甲乙" does not stand at 0')
    ]


def test_mistakes_in_labels_have_places() -> None:
    text = "files:\n  a.txt:\n    findings:\n    - {family: privcy, quote: x, start: 0}\n    - {family: privacy, quote: x}\n"
    with pytest.raises(LabelError) as caught:
        accuracy.parse(text)
    assert [error[:2] for error in caught.value.errors] == [(4, 7), (5, 7)]
    with pytest.raises(LabelError, match='the key "files"'):
        accuracy.parse("scripts: {}\n")
    with pytest.raises(LabelError):
        accuracy.parse("files: [\n")


def test_a_scene_and_its_counterpart_are_in_the_same_part() -> None:
    text = "files: {" + ", ".join(f"scene{n}-0{v}.md: {{findings: []}}" for n in range(30) for v in (1, 2)) + "}"
    corpus = accuracy.parse(text)
    parts = {script.name: script.part for script in corpus.scripts}
    assert all(parts[f"scene{n}-01.md"] == parts[f"scene{n}-02.md"] for n in range(30))
    assert set(parts.values()) == {"develop", "check"}
    assert len(corpus.only("develop").scripts) + len(corpus.only("check").scripts) == 60
