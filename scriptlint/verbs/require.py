"""``require``: when this is said (or for this kind and product), that must be said too, within a reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from scriptlint.language import Compiler, Hit, Match, Matcher, Node, Passage, TextView, figures, words_of
from scriptlint.model.document import Role, Scope
from scriptlint.model.rule import Unit
from scriptlint.model.span import Span
from scriptlint.yamltree import Mapping, Scalar
from scriptlint.yamltree import Node as Tree
from scriptlint.yamltree import Sequence as Listed

_PATTERNS = {
    "anyOf": [
        {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
        {"type": "string", "minLength": 1},
    ]
}
SCHEMA = {
    "description": "What must be said, and when.",
    "type": "object",
    "properties": {
        "when": {
            **_PATTERNS,
            "description": "Words that make it necessary; without them the text's kind does.",
        },
        "beside": {
            "description": "Words that must be said within the same reach too, or nothing is required; "
            "of several lists one word each.",
            "anyOf": [*_PATTERNS["anyOf"], {"type": "array", "minItems": 1, "items": _PATTERNS}],
        },
        "column": {
            **_PATTERNS,
            "description": "Words of a column header under which any rate makes it necessary.",
        },
        "say": {**_PATTERNS, "description": "Any of these makes it good."},
        "all": {
            "description": "Instead of say: of every group one must be said.",
            "type": "array",
            "minItems": 1,
            "items": _PATTERNS,
        },
        "within": {"enum": ["document", "section", "record", "segment", "sentence"]},
        "topics": {
            "description": "Lists of words, one for each subject: a warning about one subject is none for another.",
            "type": "array",
            "minItems": 2,
            "items": _PATTERNS,
        },
        "withdrawn": {
            **_PATTERNS,
            "description": "Said in the same or the next sentence, this takes it back.",
        },
        "reckon": {
            "enum": ["annual-rate"],
            "description": "Work the missing figure out of the price that is quoted, and suggest it.",
        },
    },
    "additionalProperties": False,
}


def build(params: Tree, compiler: Compiler) -> Matcher:
    """A matcher that yields each trigger whose required words are not within reach."""
    assert isinstance(params, Mapping)
    when = compiler.patterns(words_of(params.get("when")))
    beside = _groups(params.get("beside"), compiler)
    column = compiler.patterns(words_of(params.get("column")))
    every = params.get("all")
    groups = (
        tuple(compiler.patterns(words_of(group)) for group in every.items)
        if isinstance(every, Listed)
        else (compiler.patterns(words_of(params.get("say"))),)
    )
    if not any(groups):
        compiler.errors.append((params.span.start, 'require needs "say" or "all"'))
    withdrawn = compiler.patterns(words_of(params.get("withdrawn")))
    listed = params.get("topics")
    topics = tuple(compiler.patterns(words_of(item)) for item in listed.items) if isinstance(listed, Listed) else ()
    within = params.get("within")
    reach = within.text if isinstance(within, Scalar) else "document"
    reckons = params.get("reckon") is not None

    def find(passage: Passage) -> Iterator[Match]:
        texts = _messages(passage) if reach in ("document", "section", "record") else None
        for index, hit in _triggers(passage, when, column):
            views = _within(passage, index, hit, reach, texts)
            if not all(any(view.hits(node) for view, _ in views for node in group) for group in beside):
                continue
            view = passage.views[index]
            about = _topics(view, hit, topics)
            said = (
                any(_said(other, limits, group, withdrawn, topics, about) for other, limits in views)
                for group in groups
            )
            if not all(said):
                advice = _annual_rate(view, hit) if reckons else ""
                gaps = tuple(view.to_text(Span(start, end)) for start, end in hit.gaps)
                yield Match(index, view.to_text(Span(hit.start, hit.end)), gaps, suggest=advice)

    literals = compiler.literals((*when, *column)) if when else None
    whole = reach in ("document", "section", "record")
    return Matcher(find, literals, unit=Unit.DOCUMENT, whole=whole, once=reach == "document")


def _groups(node: Tree | None, compiler: Compiler) -> tuple[tuple[Node, ...], ...]:
    """Lists of patterns, or one list of them."""
    if isinstance(node, Listed) and any(isinstance(item, Listed) for item in node.items):
        return tuple(compiler.patterns(words_of(item)) for item in node.items)
    return (compiler.patterns(words_of(node)),) if node is not None else ()


def _triggers(passage: Passage, when: Sequence[Node], column: Sequence[Node]) -> Iterator[tuple[int, Hit]]:
    headers = {
        view.segment.text.strip() for view in passage.views if column and any(view.hits(node) for node in column)
    }
    for index, view in enumerate(passage.views):
        yield from (
            (index, hit) for hit in sorted(chain.from_iterable(view.hits(node).all for node in view.possible(when)))
        )
        if headers and view.segment.label.strip() in headers:
            yield from ((index, Hit(rate.span.start, rate.span.end)) for rate in figures.rates(view.folded)[:1])
    if when or column:
        return
    for index, view in enumerate(passage.views):
        # The text itself is the reason: point at its first sentence.
        if view.segment.scope is not Scope.COMMENT and view.folded.strip():
            yield index, Hit(0, len(view.folded[: view.stops.sentence_end(0)].rstrip()))
            return


_SENDER = re.compile(r"\s*(?:第?[0-9]{1,3}[条.、:)]*\s*)?【([^】\n]{2,16})】(?=\s*\S)")


def _messages(passage: Passage) -> Sequence[int] | None:
    """Which of several messages in one file each view belongs to; None for a file that is one text.

    A list of messages shows by its senders (【…】 at the start of each), or by its kind where each stands in a
    record of its own. A warning in one message does nothing for who gets another.
    """
    senders = [match[1] if (match := _SENDER.match(view.segment.text)) else "" for view in passage.views]
    named = [sender for sender in senders if sender]
    if len(named) > len({*named}):  # one sender more than once; steps of a script have names of their own
        numbers = [0]
        for sender in senders:
            numbers.append(numbers[-1] + bool(sender))
        return numbers[1:]
    records = [view.segment.record for view in passage.views]
    if {"sms", "push"} & set(passage.context.values("kind")) and len({*records} - {None}) > 1:
        return [-1 if record is None else record for record in records]
    return None


def _annual_rate(view: TextView, hit: Hit) -> str:
    """The annual rate that the price in the sentence of a trigger amounts to, as a suggestion; or nothing."""
    sentence = view.stops.sentence(hit.start)
    for price in figures.prices(view.folded):
        if price.span.overlaps(sentence):
            quoted = view.to_text(price.span)
            words = view.segment.text[quoted.start : quoted.end]
            return f"“{words}”折合年化利率约{figures.percent(price.annual[0])}（单利），请在同处显著写明。"
    return ""


_Limits = tuple[TextView, Span]


def _within(passage: Passage, index: int, hit: Hit, reach: str, texts: Sequence[int] | None) -> Sequence[_Limits]:
    """The views, and the part of each, in which the required words would count."""
    view = passage.views[index]
    if reach == "sentence":
        return (
            (
                view,
                Span(view.stops.sentence(hit.start).start, view.stops.sentence(max(hit.end - 1, hit.start)).end),
            ),
        )
    if reach == "segment":
        return ((view, Span(0, len(view.folded))),)
    views = passage.views
    if texts is not None:
        views = [other for other, text in zip(views, texts, strict=True) if text == texts[index]]
    elif reach == "section":
        views = [other for other in views if other.segment.section == view.segment.section]
    elif reach == "record":
        record = view.segment.record
        views = [other for other in views if other is view or (record is not None and other.segment.record == record)]
    return tuple(
        (other, Span(0, len(other.folded)))
        for other in views
        # A customer who recites the warning has not been warned.
        if other.segment.role is not Role.CUSTOMER and other.segment.scope is not Scope.COMMENT
    )


def _said(
    view: TextView,
    limits: Span,
    group: Sequence[Node],
    withdrawn: Sequence[Node],
    topics: Sequence[Sequence[Node]],
    about: frozenset[int],
) -> bool:
    """True when the warning stands here, is no question, is not taken back and is about the same subject."""
    for node in view.possible(group):
        for hit in view.hits(node).all:
            inside = limits.start <= hit.start and hit.end <= limits.end
            if not inside or _ASKED.match(view.folded, hit.end) or _taken_back(view, hit, withdrawn):
                continue
            other = _topics(view, hit, topics) if len(about) == 1 else frozenset()
            # What names several subjects, or none, warns of all of them.
            if len(other) != 1 or other == about:
                return True
    return False


def _topics(view: TextView, hit: Hit, topics: Sequence[Sequence[Node]]) -> frozenset[int]:
    """The subjects that the sentence of a hit names; where it names none, those of its line and headings."""
    sentence = view.stops.sentence(hit.start)
    named = {number: [other for node in topic for other in view.hits(node).all] for number, topic in enumerate(topics)}
    near = frozenset(
        number
        for number, hits in named.items()
        if any(sentence.start <= other.start and other.end <= sentence.end for other in hits)
    )
    return near or frozenset(number for number, hits in named.items() if hits)


_ASKED = re.compile(r"[^,。!;?\n]{0,3}(?:\?|[吗么](?:[,。!;\"”』」…~]|$))")
"""What makes a warning a question: 会变少吗 warns nobody."""


def _taken_back(view: TextView, hit: Hit, withdrawn: Sequence[Node]) -> bool:
    if not withdrawn:
        return False
    start = view.stops.sentence(hit.start).start
    end = view.stops.sentence_end(view.stops.sentence_end(hit.end - 1))
    return any(
        start <= other.start and other.end <= end and not (hit.start <= other.start and other.end <= hit.end)
        for node in withdrawn
        for other in view.hits(node).all
    )
