"""What a text is: taken from what was given, else inferred from the text itself, each value with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from scriptlint.language import Node, TextView
from scriptlint.language.ruleset import Clue, RuleSet
from scriptlint.model.context import CONTEXT_VALUES, Context, DocumentContext, Fact
from scriptlint.model.document import Document, Role, Scope, Segment
from scriptlint.model.span import OffsetMap

ENOUGH = 2
"""Points a kind, audience or channel needs before it is believed; one product word is enough for a product."""

_SIGNATURE = re.compile(r"\s*【[^】\n]{2,16}】")
_PLACEHOLDER = re.compile(r"\{\{[^{}\n]{1,40}\}\}|[$#%]?\{[A-Za-z_一-鿿][^{}\n]{0,40}\}")
_START = 4
"""How many segments count as the start of a document."""
_SHARE = 0.3
"""A product named this much less often than the most named one is only mentioned, not sold."""


def infer(document: Document, ruleset: RuleSet, given: Context) -> DocumentContext:
    """The context of a document and its sections. Values in ``given`` are not questioned.

    A product is inferred for each section, because one document sells several things; a section that names
    none has the document's. What nothing speaks for stays unknown.
    """
    segments = [segment for segment in document.segments if segment.scope is not Scope.COMMENT]
    views = [TextView(segment, ruleset.language) for segment in segments]
    headings = {
        heading: TextView(Segment(heading, OffsetMap.identity(len(heading)), Scope.HEADING), ruleset.language)
        for heading in dict.fromkeys(part for segment in segments for part in segment.section)
    }
    facts = dict(given.facts)
    facts.setdefault("jurisdiction", Fact(("cn",), "default", "the pack's own jurisdiction"))
    layout = _layout(document, segments)
    for key in CONTEXT_VALUES:
        if key in facts or key == "product":
            continue
        fact = _best(_score(key, ruleset.clues, views, list(headings.values()), layout))
        if fact is not None:
            facts[key] = fact
    if "product" in facts:
        return DocumentContext(Context(facts))
    whole = _products(_score("product", ruleset.clues, views, list(headings.values()), layout))
    if whole is not None:
        facts["product"] = whole
    base = Context(facts)
    sections: dict[tuple[str, ...], Context] = {}
    for section in dict.fromkeys(segment.section for segment in segments if segment.section):
        inside = [view for view in views if view.segment.section[: len(section)] == section]
        fact = _products(_score("product", ruleset.clues, inside, [headings[section[-1]]], layout))
        if fact is not None and (whole is None or fact.values != whole.values):
            sections[section] = base.with_fact("product", fact)
    return DocumentContext(base, sections)


_Scores = dict[str, tuple[int, str]]


def _layout(document: Document, segments: Sequence[Segment]) -> frozenset[str]:
    """What the text looks like, in the words that clues use."""
    found = {document.format}
    turns = [segment for segment in segments if segment.scope is Scope.TURN]
    characters = sum(len(segment.text) for segment in segments)
    if len(turns) >= 2 and sum(len(turn.text) for turn in turns) * 5 >= characters * 2:
        found.add("turns")
    if any(turn.role is Role.CUSTOMER for turn in turns):
        found.add("customer-turns")
    if any(segment.scope is Scope.TABLE_CELL for segment in segments):
        found.add("table")
    if segments and _SIGNATURE.match(segments[0].text):
        found.add("signature")
    if characters <= 300 and len(segments) <= 6:
        found.add("short")
    if any(_PLACEHOLDER.search(segment.text) for segment in segments):
        found.add("placeholders")
    if any(segment.scope is Scope.HEADING for segment in segments):
        found.add("headings")
    return frozenset(found)


def _score(
    key: str,
    clues: Iterable[Clue],
    views: Sequence[TextView],
    headings: Sequence[TextView],
    layout: frozenset[str],
) -> _Scores:
    scores: dict[str, tuple[int, list[str]]] = {}
    for clue in clues:
        if clue.key != key or not layout.issuperset(clue.layout):
            continue
        words: list[str] = []
        if clue.say or clue.heading or clue.start:
            words = [
                *_said(clue.say, clue, views),
                *_said(clue.heading, clue, [*headings, *(v for v in views if v.segment.scope is Scope.HEADING)]),
                *_said(clue.start, clue, views[:_START]),
            ]
            if not words:
                continue
            times = min(len(words), 5) if key == "product" else 1
        else:
            times = 1
        points, reasons = scores.setdefault(clue.value, (0, []))
        reasons.extend(dict.fromkeys(words[:3] or clue.layout))
        scores[clue.value] = (points + clue.weight * times, reasons)
    return {value: (points, ", ".join(dict.fromkeys(reasons))) for value, (points, reasons) in scores.items()}


def _said(nodes: Sequence[Node], clue: Clue, views: Sequence[TextView]) -> list[str]:
    found: list[str] = []
    for view in views:
        for hit in (hit for node in nodes for hit in view.hits(node).all):
            clause = view.stops.clause(hit.start)
            against = (other for node in clue.unless for other in view.hits(node).all)
            if not any(clause.start <= other.start and other.end <= clause.end for other in against):
                found.append(view.folded[hit.start : hit.end])
    return found


def _best(scores: _Scores) -> Fact | None:
    ranked = sorted(scores.items(), key=lambda item: (-item[1][0], item[0]))
    if not ranked or ranked[0][1][0] < ENOUGH:
        return None
    if len(ranked) > 1 and ranked[1][1][0] == ranked[0][1][0]:
        return None  # two kinds are as likely: unknown is the honest answer
    value, (_, reason) = ranked[0]
    return Fact((value,), "inferred", reason)


def _products(scores: Mapping[str, tuple[int, str]]) -> Fact | None:
    if not scores:
        return None
    most = max(points for points, _ in scores.values())
    if most <= 0:
        return None
    chosen = {value: reason for value, (points, reason) in sorted(scores.items()) if points >= most * _SHARE}
    return Fact(tuple(chosen), "inferred", "; ".join(f"{value}: {reason}" for value, reason in chosen.items()))
