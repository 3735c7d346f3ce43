"""Whatever baseline or waivers hold, no finding is lost and no count hides more than it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from scriptlint.history.compare import Comparison, compare
from scriptlint.history.past import Past, Row
from scriptlint.model.finding import Finding, Identity, Status
from scriptlint.model.rule import Level, Verdict
from scriptlint.model.span import Position, Span
from scriptlint.triage import baseline, changed, waivers
from scriptlint.triage.baseline import Baseline
from scriptlint.triage.waivers import Book, Waiver

DAY = date(2026, 11, 24)
PATHS = st.sampled_from(["a.txt", "x/a.txt", "b.txt"])
RULES = st.sampled_from(["cn/aa", "cn/bb"])
WORDS = st.sampled_from(["0" * 16, "1" * 16])
IDENTITIES = st.builds(Identity, RULES, PATHS, WORDS)
STATES = st.sampled_from(["open", "open", "open", "suppressed", "unchanged", "unsupported"])


def finding(identity: Identity, state: str, place: int) -> Finding:
    return Finding(
        path=identity.path, rule=identity.rule, family="conduct", verdict=Verdict.REVIEW, level=Level.WARNING,
        span=Span(place, place + 2), start=Position(1, place + 1), end=Position(1, place + 3), excerpt=identity.words,
        line_text="", line_offset=0, message={"zh": "m"}, suggestion={}, basis=(), identity=identity,
        status=Status(state),
    )  # fmt: skip


FINDINGS = st.lists(st.tuples(IDENTITIES, STATES)).map(
    lambda pairs: tuple(finding(identity, state, place) for place, (identity, state) in enumerate(pairs))
)
BASELINES = st.dictionaries(IDENTITIES, st.integers(1, 3), max_size=6).map(Baseline)


def bare(findings: tuple[Finding, ...]) -> list[Finding]:
    return [replace(item, status=Status()) for item in findings]


@settings(max_examples=60, deadline=None)
@given(FINDINGS, BASELINES, st.frozensets(PATHS), st.frozensets(RULES))
def test_a_baseline_of_n_hides_at_most_n(
    found: tuple[Finding, ...], known: Baseline, gone: frozenset[str], locked: frozenset[str]
) -> None:
    homes = {item.path: item.path for item in found}
    hidden = baseline.hide(found, known, homes, gone=gone - homes.keys(), locked=locked)
    assert bare(hidden.findings) == bare(found)
    old = [item for item in hidden.findings if item.status.state == "baselined"]
    assert not any(item.rule in locked for item in old)
    assert len(old) + sum(hidden.left.values()) == known.total
    counts = baseline.at(known, hidden.moved).counts
    assert all(count <= counts[identity] for identity, count in Counter(item.identity for item in old).items())


@settings(max_examples=60, deadline=None)
@given(BASELINES)
def test_a_baseline_reads_back(known: Baseline) -> None:
    assert baseline.parse(known.text(), "b").counts == known.counts
    assert Baseline(dict(reversed(list(known.counts.items())))).text() == known.text()


@settings(max_examples=60, deadline=None)
@given(FINDINGS)
def test_a_fresh_baseline_hides_exactly_what_is_open(found: tuple[Finding, ...]) -> None:
    known = Baseline.of(item.identity for item in found if item.status.state == "open")
    loud = tuple(item for item in found if item.status.state != "unchanged")
    hidden = baseline.hide(loud, known, {item.path: item.path for item in found})
    assert not any(item.status.state == "open" for item in hidden.findings)
    assert not hidden.left


WAIVERS = st.lists(
    st.builds(
        Waiver, RULES, PATHS, WORDS, st.just("r"), st.just("a"), st.just("t"),
        st.sampled_from([date(2026, 11, 23), DAY]), st.integers(1, 2),
    ),
    max_size=5,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(FINDINGS, WAIVERS)
def test_waivers_lose_nothing_and_cover_no_more_than_they_say(found: tuple[Finding, ...], listed: list[Waiver]) -> None:
    homes = {item.path: item.path for item in found}
    book = Book("w.yaml", tuple(listed))
    done = waivers.apply(found, book, DAY, homes, lambda glob, path: glob == path, frozenset(("cn/aa", "cn/bb")))
    assert bare(done.findings) == bare(found)
    room = Counter[tuple[str, str, str]]()
    for waiver in listed:
        room[waiver.rule, waiver.path, waiver.text] += waiver.count if waiver.holds(DAY) else 0
    waived = Counter((item.rule, item.path, item.excerpt) for item in done.findings if item.status.state == "waived")
    assert all(count <= room[key] for key, count in waived.items())


@settings(max_examples=60, deadline=None)
@given(FINDINGS, st.lists(st.tuples(st.integers(1, 4), st.integers(0, 2)), max_size=3))
def test_an_edit_only_labels_what_is_open(found: tuple[Finding, ...], hunks: list[tuple[int, int]]) -> None:
    spans = changed.touched("一二三\n四五六\n七八九\n", tuple(hunks))
    labelled = changed.label(found, spans, frozenset(("cn/bb",)))
    assert bare(labelled) == bare(found)
    for before, after in zip(found, labelled, strict=True):
        assert after.status == before.status or (before.status.state, after.status.state) == ("open", "unchanged")
        assert before.rule != "cn/bb" or after.status == before.status


ROWS = st.lists(
    st.builds(
        Row, PATHS, RULES, st.just("conduct"), st.just("error"), st.sampled_from(["open", "waived", "baselined"]),
        WORDS, st.integers(1, 3), st.just(1), st.just("m"),
    )
)  # fmt: skip
PASTS = st.builds(
    Past, st.just("x"), st.just("2026-11-24"), st.just("1"), st.just("f"),
    st.dictionaries(PATHS, st.sampled_from(["checked", "unread"])), ROWS.map(tuple),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(PASTS, PASTS)
def test_a_comparison_accounts_for_every_finding_once(old: Past, new: Past) -> None:
    done: Comparison = compare(old, new)
    counts = done.counts
    assert counts["open"] + counts["new"] + counts["returned"] == sum(row.stands for row in new.rows)
    gone = counts["fixed"] + counts["silenced"] + counts["unchecked"]
    assert counts["open"] + gone == sum(row.stands for row in old.rows)


@settings(max_examples=60, deadline=None)
@given(PASTS)
def test_a_run_compared_with_itself_has_no_news(run: Past) -> None:
    assert {state for state, count in compare(run, run).counts.items() if count} <= {"open"}
