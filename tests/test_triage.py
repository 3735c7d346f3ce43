"""Suppression comments: what each form silences, and what is said about those that are wrong or not needed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from scriptlint import triage
from scriptlint.model.document import Document, Scope, Segment
from scriptlint.model.finding import Finding, Identity
from scriptlint.model.rule import Level, Verdict
from scriptlint.model.span import LineIndex, OffsetMap, Span

RULES = {"aa": ("cn/aa",), "cn/aa": ("cn/aa",), "bb": ("cn/bb",), "family": ("cn/aa", "cn/bb")}
_COMMENT = re.compile(r"<!-- (.*?) -->|# (scriptlint.*)")


def resolve(name: str) -> tuple[str, ...]:
    if name not in RULES:
        raise KeyError("aa" if name.startswith("a") else "")
    return RULES[name]


NAMES = triage.Names(resolve, frozenset(("cn/aa", "cn/bb")))


def document(source: str, form: str = "markdown") -> Document:
    """A document whose comments are comments and whose other lines are paragraphs."""
    segments: list[Segment] = []
    start = 0
    for line in source.splitlines(keepends=True):
        said = line
        for found in _COMMENT.finditer(line):
            group = 1 if found[1] is not None else 2
            place = OffsetMap.identity(len(found[group]), start + found.start(group))
            segments.append(Segment(found[group], place, Scope.COMMENT))
            said = said.replace(found[0], " " * len(found[0]))
        words = said.strip()
        if words:
            at = start + said.index(words)
            segments.append(Segment(words, OffsetMap.identity(len(words), at), Scope.PARAGRAPH))
        start += len(line)
    return Document("a.md", form, source, tuple(segments))


def finding(source: str, words: str, rule: str = "cn/aa", nth: int = 0) -> Finding:
    start = [found.start() for found in re.finditer(re.escape(words), source)][nth]
    lines = LineIndex(source)
    return Finding(
        path="a.md", rule=rule, family="conduct", verdict=Verdict.VIOLATION, level=Level.ERROR,
        span=Span(start, start + len(words)), start=lines.position(start), end=lines.position(start + len(words)),
        excerpt=words, line_text=words, line_offset=0, message={"zh": "m"}, suggestion={"zh": "s"}, basis=(),
        identity=Identity(rule, "a.md", words),
    )  # fmt: skip


def states(source: str, *found: Finding, form: str = "markdown", names: triage.Names = NAMES) -> list[str]:
    decided = triage.decide(found, document(source, form), names)
    return [f"{item.rule} {item.status.state} {item.status.reason}".strip() for item in decided]


def complaints(source: str, *found: Finding, lang: str = "en") -> list[str]:
    decided = triage.decide(found, document(source), NAMES)
    return [
        f"{item.rule.split('/')[1]} {item.start.line}: {item.message[lang]}"
        for item in decided
        if item.family == triage.FAMILY
    ]


def test_without_comments_nothing_changes() -> None:
    source = "bad\n"
    found = (finding(source, "bad"),)
    assert triage.decide(found, document(source), NAMES) == found


def test_disable_next_covers_the_next_line_that_says_something() -> None:
    source = '<!-- scriptlint: disable-next aa reason="why not" -->\n\nbad\nbad\n'
    found = [finding(source, "bad", nth=0), finding(source, "bad", nth=1)]
    assert states(source, *found) == ["cn/aa suppressed why not", "cn/aa open"]


def test_several_comments_above_one_line_all_cover_it() -> None:
    source = (
        '<!-- scriptlint: disable-next aa reason="x" -->\n<!-- scriptlint: disable-next bb reason="y" -->\nbad worse\n'
    )
    found = [finding(source, "bad"), finding(source, "worse", "cn/bb")]
    assert states(source, *found) == ["cn/aa suppressed x", "cn/bb suppressed y"]


def test_disable_line_covers_its_own_line() -> None:
    source = 'bad <!-- scriptlint: disable-line aa reason="x" -->\nbad\n'
    found = [finding(source, "bad", nth=0), finding(source, "bad", nth=1)]
    assert states(source, *found) == ["cn/aa suppressed x", "cn/aa open"]


def test_a_block_covers_what_stands_between() -> None:
    source = 'bad\n<!-- scriptlint: disable aa reason="x" -->\nbad\n<!-- scriptlint: enable aa -->\nbad\n'
    found = [finding(source, "bad", nth=nth) for nth in range(3)]
    assert states(source, *found) == ["cn/aa open", "cn/aa suppressed x", "cn/aa open"]


def test_enable_without_names_ends_every_block() -> None:
    source = '<!-- scriptlint: disable aa, bb reason="x" -->\nbad\nworse\n<!-- scriptlint: enable -->\n'
    found = [finding(source, "bad"), finding(source, "worse", "cn/bb")]
    assert states(source, *found) == ["cn/aa suppressed x", "cn/bb suppressed x"]


def test_disable_file_covers_all_of_it_and_findings_without_a_place() -> None:
    source = 'bad\n<!-- scriptlint: disable-file family reason="x" -->\n'
    assert states(source, finding(source, "bad")) == ["cn/aa suppressed x"]


@pytest.mark.parametrize("name", ["aa", "cn/aa", "family"])
def test_rules_go_by_any_of_their_names(name: str) -> None:
    source = f'<!-- scriptlint: disable-next {name} reason="x" -->\nbad\n'
    assert states(source, finding(source, "bad")) == ["cn/aa suppressed x"]


@pytest.mark.parametrize("quoted", ['reason="x y"', "reason='x y'", "reason=“x y”", 'reason: "x y"', 'reason = "x y"'])
def test_a_reason_may_be_quoted_in_several_ways(quoted: str) -> None:
    source = f"<!-- scriptlint: disable-next aa {quoted} -->\nbad\n"
    assert states(source, finding(source, "bad")) == ["cn/aa suppressed x y"]


def test_another_rule_is_not_silenced() -> None:
    source = '<!-- scriptlint: disable-next aa, bb reason="x" -->\nbad\n'
    assert states(source, finding(source, "bad", "cn/bb"))[-1] == "cn/bb suppressed x"
    assert complaints(source, finding(source, "bad", "cn/bb")) == ['unused-suppression 1: This comment hides no "aa".']


def test_a_comment_that_hides_nothing_is_told() -> None:
    source = '<!-- scriptlint: disable-next aa reason="x" -->\nfine\n'
    assert complaints(source) == ['unused-suppression 1: This comment hides no "aa".']
    assert complaints(source, lang="zh") == ["unused-suppression 1: 这条注释没有屏蔽任何「aa」的问题。"]


def test_a_comment_about_a_rule_that_did_not_run_is_not_called_unused() -> None:
    source = '<!-- scriptlint: disable-next aa reason="x" -->\nfine\n'
    assert states(source, names=triage.Names(resolve, frozenset(("cn/bb",)))) == []


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("scriptlint: disable-next aa", "the reason is missing"),
        ('scriptlint: disable-next aa reason=""', "the reason is missing"),
        ("scriptlint: disable-next aa reason=because", "the reason must stand in quotes"),
        ('scriptlint: disable-next reason="x"', "no rule is named"),
        ('scriptlint: disable-next ab reason="x"', 'unknown rule "ab"; did you mean "aa"?'),
        ('scriptlint: disable-next zz reason="x"', 'unknown rule "zz"'),
        ('scriptlint: disable-nxt aa reason="x"', 'unknown directive "disable-nxt"; did you mean "disable-next"?'),
        ("scriptlint:", "nothing follows the colon"),
        ("scriptlint: knd=sms", 'unknown key "knd"; did you mean "kind"?'),
        ('scriptlint: disable aa reason="x"', '"enable aa" is missing; for the whole file write disable-file'),
        ("scriptlint: enable aa", '"aa" is not disabled here'),
        ("scriptlint: enable", "nothing is disabled here"),
    ],
)
def test_a_malformed_comment_hides_nothing_and_is_told(comment: str, message: str) -> None:
    source = f"<!-- {comment} -->\nbad\n"
    bad = finding(source, "bad")
    assert complaints(source, bad) == [f"malformed-suppression 1: This suppression comment hides nothing: {message}."]
    assert "cn/aa open" in states(source, bad)


def test_one_unknown_name_spoils_the_comment() -> None:
    source = '<!-- scriptlint: disable-next aa, zz reason="x" -->\nbad\n'
    assert "cn/aa open" in states(source, finding(source, "bad"))


def test_a_comment_about_the_context_is_left_alone() -> None:
    assert complaints("<!-- scriptlint: kind=sms product=fund -->\nfine\n") == []


def test_other_comments_are_left_alone() -> None:
    assert complaints("<!-- about scriptlint: disable-next -->\nfine\n") == []


def test_in_values_the_next_value_is_covered_on_the_same_line_too() -> None:
    source = '<!-- scriptlint: disable-next aa reason="x" --> bad\nbad\n'
    found = [finding(source, "bad", nth=0), finding(source, "bad", nth=1)]
    assert states(source, *found, form="json") == ["cn/aa suppressed x", "cn/aa open"]


def test_nothing_is_dropped_and_the_order_stays() -> None:
    source = 'worse bad <!-- scriptlint: disable-line aa reason="x" -->\n<!-- scriptlint: disable-next aa -->\n'
    found = [finding(source, "worse", "cn/bb"), finding(source, "bad")]
    decided = triage.decide(found, document(source), NAMES)
    assert [item.span for item in decided] == sorted(item.span for item in decided if item.span)
    assert {item.identity for item in found} <= {item.identity for item in decided}


def test_complaints_can_be_switched_off_and_show_only_the_comment() -> None:
    source = 'secret 123 <!-- scriptlint: disable-line aa reason="x" -->\n'
    off = triage.decide((), document(source), NAMES, {triage.UNUSED: Level.OFF})
    assert off == ()
    (told,) = triage.decide((), document(source), NAMES, {triage.UNUSED: Level.ERROR})
    assert told.level is Level.ERROR
    assert "secret" not in told.line_text


def test_a_hint_counts_only_beside_another_finding() -> None:
    text = "aa bb\n"
    hint, solid = replace(finding(text, "aa"), hint=True), finding(text, "bb", "cn/bb")
    alone = triage.decide([hint], document(text), NAMES)
    assert [(found.rule, found.status.state) for found in alone] == [("cn/aa", "unsupported")]
    both = triage.decide([hint, solid], document(text), NAMES)
    assert [found.status.state for found in both] == ["open", "open"]
