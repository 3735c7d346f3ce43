"""``require``: when this is said (or for this kind and product), that must be said too, within a reach."""

from __future__ import annotations

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
        "say": {**_PATTERNS, "description": "Any of these makes it good."},
        "all": {
            "description": "Instead of say: of every group one must be said.",
            "type": "array",
            "minItems": 1,
            "items": _PATTERNS,
        },
        "within": {"enum": ["document", "section", "record", "segment", "sentence"]},
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
    every = params.get("all")
    groups = (
        tuple(compiler.patterns(words_of(group)) for group in every.items)
        if isinstance(every, Listed)
        else (compiler.patterns(words_of(params.get("say"))),)
    )
    if not any(groups):
        compiler.errors.append((params.span.start, 'require needs "say" or "all"'))
    withdrawn = compiler.patterns(words_of(params.get("withdrawn")), rule=False)
    within = params.get("within")
    reach = within.text if isinstance(within, Scalar) else "document"
    reckons = params.get("reckon") is not None

    def find(passage: Passage) -> Iterator[Match]:
        for index, hit in _triggers(passage, when):
            views = _within(passage, index, hit, reach)
            if not all(any(_said(view, limits, group, withdrawn) for view, limits in views) for group in groups):
                view = passage.views[index]
                advice = _annual_rate(view, hit) if reckons else ""
                yield Match(index, view.to_text(Span(hit.start, hit.end)), suggest=advice)

    return Matcher(find, compiler.literals(when) if when else None, unit=Unit.DOCUMENT, once=reach == "document")


def _triggers(passage: Passage, when: Sequence[Node]) -> Iterator[tuple[int, Hit]]:
    if when:
        for index, view in enumerate(passage.views):
            yield from ((index, hit) for hit in sorted(chain.from_iterable(view.hits(node).all for node in when)))
        return
    for index, view in enumerate(passage.views):
        # The text itself is the reason: point at its first sentence.
        if view.segment.scope is not Scope.COMMENT and view.folded.strip():
            yield index, Hit(0, len(view.folded[: view.stops.sentence_end(0)].rstrip()))
            return


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


def _within(passage: Passage, index: int, hit: Hit, reach: str) -> Sequence[_Limits]:
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
    if reach == "section":
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


def _said(view: TextView, limits: Span, group: Sequence[Node], withdrawn: Sequence[Node]) -> bool:
    for node in group:
        for hit in view.hits(node).all:
            if limits.start <= hit.start and hit.end <= limits.end and not _taken_back(view, hit, withdrawn):
                return True
    return False


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
