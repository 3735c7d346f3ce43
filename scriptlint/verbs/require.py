"""``require``: when this is said (or for this kind and product), that must be said too, within a reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from scriptlint.language import Compiler, Hit, Match, Matcher, Node, Passage, TextView, figures, words_of
from scriptlint.model.rule import Unit
from scriptlint.model.span import Span
from scriptlint.verbs import _insert, _reach
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
        "insert": _insert.SCHEMA,
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
    named = params.get("within")
    reach = named.text if isinstance(named, Scalar) else "document"
    reckons = params.get("reckon") is not None

    insert = _insert.read(params.get("insert"))

    required = tuple(chain.from_iterable((*groups, *beside)))

    def find(passage: Passage) -> Iterator[Match]:
        within = _reach.Within(passage, reach, required)
        for index, hit in _reach.triggers(passage, when, column):
            if not all(any(view.hits(node) for view, _ in within.of(index, hit) for node in group) for group in beside):
                continue
            view = passage.views[index]
            about = _reach.topics_of(view, hit, topics)
            said = (
                any(any(_reach.warnings(*place, group, withdrawn, topics, about)) for place in within.of(index, hit))
                for group in groups
            )
            if not all(said):
                advice = _annual_rate(view, hit) if reckons else ""
                gaps = tuple(view.to_text(Span(start, end)) for start, end in hit.gaps)
                span = view.to_text(Span(hit.start, hit.end))
                repairs = _insert.repairs(passage, index, hit, insert)
                unseen = tuple(_unseen(passage, index, groups)) if reach == "document" else ()
                yield Match(index, span, gaps, suggest=advice, repairs=repairs, related=unseen)

    literals = compiler.literals(chain(when, column)) if when else None
    whole = reach in ("document", "section", "record")
    return Matcher(find, literals, unit=Unit.DOCUMENT, whole=whole, once=reach == "document")


def _unseen(passage: Passage, index: int, groups: Sequence[Sequence[Node]]) -> Iterator[tuple[int, Span, str]]:
    """The first of the required words that stand where nobody sees them, so that who wrote them there knows why."""
    claim = passage.views[index]
    for other, view in enumerate(passage.views):
        if _reach.out_of_sight(view) and not _reach.reaches(view, claim):
            for hit in (hit for group in groups for node in view.possible(group) for hit in view.hits(node).all):
                yield other, view.to_text(Span(hit.start, hit.end)), "此处的提示看不见，不算"
                return


def _groups(node: Tree | None, compiler: Compiler) -> tuple[Sequence[Node], ...]:
    """Lists of patterns, or one list of them."""
    if isinstance(node, Listed) and any(isinstance(item, Listed) for item in node.items):
        return tuple(compiler.patterns(words_of(item)) for item in node.items)
    return (compiler.patterns(words_of(node)),) if node is not None else ()


def _annual_rate(view: TextView, hit: Hit) -> str:
    """The annual rate that the price in the sentence of a trigger amounts to, as a suggestion; or nothing."""
    sentence = view.stops.sentence(hit.start)
    for price in figures.prices(view.folded):
        if price.span.overlaps(sentence):
            quoted = view.to_text(price.span)
            words = view.segment.text[quoted.start : quoted.end]
            return f"“{words}”折合年化利率约{figures.percent(price.annual[0])}（单利），请在同处显著写明。"
    return ""
