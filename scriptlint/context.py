"""What a text is: taken from what was given, else inferred from the text itself, each value with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scriptlint.language import Node, TextView
from scriptlint.language.ruleset import Clue, RuleSet
from scriptlint.model.context import CONTEXT_VALUES, Context, DocumentContext, Fact
from scriptlint.model.document import Document, Role, Scope, Segment
from scriptlint.model.lazy import lazy_re
from scriptlint.model.span import OffsetMap

ENOUGH = 2
"""Points a kind, audience or channel needs before it is believed; one product word is enough for a product."""

_HAN = "\u4e00-\u9fff"
_MESSAGE = lazy_re(rf"\s*(?:第?[0-9]{{1,3}}[条.、:：)）]*\s*)?【([{_HAN}A-Za-z0-9]{{2,12}})】(?=\s*\S)", has="【")
"""A text message that begins with its sender; in a list of them a number may stand before it."""
_EMOJI = lazy_re("[\U0001f300-\U0001faff\u2600-\u27bf\u231a-\u23ff\u2b50]")
_CLOCK = lazy_re(r"\s*[【\[（(]?\s*[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?\s*[】\]）)]", has=":：")
_LABELLED = lazy_re(
    rf"\s*(?:[0-9一二三四五六七八九十]{{1,2}}[.、．]\s*)?[【（(]?([{_HAN}A-Za-z0-9+＋ ]{{1,12}})[】）)]?\s*[:：]",
    has=":：",
)
_NAMED_STEP = lazy_re(rf"\s*[【（(][{_HAN}A-Za-z0-9′'／/]{{2,12}}[】）)]", has="【（(")
_SENDER = lazy_re(
    rf"[{_HAN}A-Za-z0-9·（）()]{{2,30}}(?:银行|公司|支行|分行|中心|[一二三客零个运财服消宣]\S{{0,8}}部|小组|分理处|基地|营业部|工作室)",
    has="行司心部组处地室",
)
_SIGNED_DAY = lazy_re(r"(?:20[0-9]{2}年)?[0-9]{1,2}月[0-9]{1,2}日|20[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}")
_PLACEHOLDER = lazy_re(r"\{\{[^{}\n]{1,40}\}\}|[$#%]?\{[A-Za-z_一-鿿][^{}\n]{0,40}\}", has="{")
_DATA = ("csv", "tsv", "json", "jsonl", "yaml")
_START = 2
"""How many segments count as the start of a document."""
_TITLE = 40
"""How many characters of them: a title is short, and what comes later is the text."""
_SHARE = 0.2
"""A product named this much less often than the most named one is only mentioned, not sold."""


def infer(
    document: Document, ruleset: RuleSet, given: Context, views: Sequence[TextView] | None = None
) -> DocumentContext:
    """The context of a document and its sections. Values in ``given`` are not questioned; ``views`` are those of the
    segments, if somebody has looked at them already.

    A product is inferred for each section, because one document sells several things; a section that names
    none has the document's. What nothing speaks for stays unknown.
    """
    segments = [segment for segment in document.segments if segment.scope is not Scope.COMMENT]
    views = [
        view
        for view in views or [TextView(segment, ruleset.language) for segment in segments]
        if view.segment.scope is not Scope.COMMENT
    ]
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
        inside = [
            *(headings[part] for part in section[-1:]),
            *(view for view in views if view.segment.section[: len(section)] == section),
        ]
        fact = _products(_score("product", ruleset.clues, inside, [headings[section[-1]]], layout))
        if fact is not None and (whole is None or fact.values != whole.values):
            sections[section] = base.with_fact("product", fact)
    return DocumentContext(base, sections)


_Scores = dict[str, tuple[int, str]]


def _layout(document: Document, segments: Sequence[Segment]) -> frozenset[str]:
    """What the text looks like, in the words that clues use."""
    said = [segment for segment in segments if len(segment.text.strip()) > 1]
    found = {document.format, "data" if document.format in _DATA else "prose", *_talk(said), *_lists(said)}
    characters = sum(len(segment.text) for segment in said)
    if any(segment.scope is Scope.TABLE_CELL for segment in said):
        found.add("table")
    if characters <= 300 and len(said) <= 6:
        found.add("short")
    if any(_PLACEHOLDER.search(segment.text) for segment in said):
        found.add("placeholders")
    if any(segment.scope is Scope.HEADING for segment in said):
        found.add("headings")
    if sum(len(_EMOJI.findall(segment.text)) for segment in said) >= 2 or (said and _EMOJI.search(said[0].text)):
        found.add("emoji")
    if any(_signed(segment.text) for segment in said[-3:]):
        found.add("signed")
    return frozenset(found)


def _talk(segments: Sequence[Segment]) -> set[str]:
    """Signs of a conversation, of questions with their answers, or of words to be spoken."""
    found: set[str] = set()
    turns = [segment for segment in segments if segment.scope is Scope.TURN]
    characters = sum(len(segment.text) for segment in segments)
    if len(turns) >= 2 and sum(len(turn.text) for turn in turns) * 5 >= characters * 2:
        found.add("turns")
    roles: dict[int | None, set[Role]] = {}
    for segment in segments:
        if segment.role in (Role.CUSTOMER, Role.INSTITUTION):
            roles.setdefault(segment.record, set()).add(segment.role)
    answered = sum(len(both) == 2 for record, both in roles.items() if record is not None)
    if answered >= 2:
        found.add("answers")
    asked = sum(len(segment.text) for segment in segments if segment.role is Role.CUSTOMER)
    if "answers" not in found and asked * 12 >= characters and len(set().union(*roles.values())) == 2:
        found.add("customer-turns")
    lines = [segment for segment in segments if segment.scope in (Scope.PARAGRAPH, Scope.LIST_ITEM)]
    labels = [match[1].strip() for segment in lines if (match := _LABELLED.match(segment.text))]
    repeated = sum(labels.count(label) > 1 for label in labels)
    if repeated >= 4 and len(set(labels)) > 1 and repeated * 2 >= len(lines):
        found.add("speakers")  # names nobody knows, but they take turns
    elif len(set(labels)) >= 3 and len(labels) * 2 >= len(lines):
        found.add("steps")
    if sum(bool(_NAMED_STEP.match(segment.text)) for segment in lines) >= 3:
        found.add("steps")
    if sum(bool(_CLOCK.match(segment.text)) for segment in lines) >= 3:
        found.add("clock")
    return found


def _lists(segments: Sequence[Segment]) -> set[str]:
    """Signs of messages, alone or many in one file."""
    found: set[str] = set()
    senders = [match[1] if (match := _MESSAGE.match(segment.text)) else "" for segment in segments]
    named = [sender for sender in senders if sender]
    if len(named) > len({*named}):
        found.add("messages")
    elif senders and senders[0] and len(segments) <= 2:
        found.add("signature")
    return found


def _signed(text: str) -> bool:
    """True for the name of an institution or a day that stands alone, as at the end of a notice."""
    last = text.strip().split("\n")[-1].strip()
    bare = _SIGNED_DAY.sub("", last).strip()
    return len(last) <= 40 and (not bare or _SENDER.fullmatch(bare) is not None)


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
                *_said(clue.start, clue, views[:_START], _TITLE),
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


def _said(nodes: Sequence[Node], clue: Clue, views: Sequence[TextView], first: int | None = None) -> list[str]:
    """What of these patterns stands in the views, or in the first so many characters of each."""
    found: list[str] = []
    for view in views:
        for hit in (
            hit for node in view.possible(nodes) for hit in view.hits(node).all if first is None or hit.start < first
        ):
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
