"""``prominent``: what is said must be seen, not set so small, so pale or so far away that it may as well be left out.

It is silent where the words are not said at all, or only where nobody sees them: that is for ``require`` to tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scriptlint.language import Compiler, Hit, Match, Matcher, Node, Passage, TextView, words_of
from scriptlint.model.document import Scope
from scriptlint.model.rule import Unit
from scriptlint.model.span import Span
from scriptlint.verbs import _look, _reach
from scriptlint.yamltree import Mapping, Scalar
from scriptlint.yamltree import Node as Tree
from scriptlint.yamltree import Sequence as Listed

_PATTERNS = {
    "anyOf": [
        {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
        {"type": "string", "minLength": 1},
    ]
}
FAULTS = ("small", "pale", "aside", "far")
SCHEMA = {
    "description": "What must be easy to see, and beside which claim.",
    "type": "object",
    "properties": {
        "when": {**_PATTERNS, "description": "Words that make it necessary."},
        "say": {**_PATTERNS, "description": "The words that must be easy to see."},
        "topics": {
            "description": "Lists of words, one for each subject: a warning about one subject is none for another.",
            "type": "array",
            "minItems": 2,
            "items": _PATTERNS,
        },
        "withdrawn": {**_PATTERNS, "description": "Said in the same or the next sentence, this takes it back."},
        "faults": {
            "description": "What counts: small or pale type, a place aside (headers, footers, notes), far from any claim.",
            "type": "array",
            "items": {"enum": list(FAULTS)},
            "minItems": 1,
        },
        "not-smaller-than": {
            **_PATTERNS,
            "description": "Instead of faults: the words are set in smaller type than these, wherever both are known.",
        },
    },
    "required": ["when", "say"],
    "additionalProperties": False,
}
_SMALL = 0.7
"""Share of the size of most text below which type is small. No law gives a number, so it is meant to be plain to see."""
_TINY = 7.5
"""Points (六号) below which type is small whatever is around it."""
_PALE = 2.5
"""Contrast below which type is pale; 4.5 is what accessibility guidelines ask for, 3 for large type."""
_FAR = 1500
"""Characters between a claim and its warning from which they are far apart: two pages."""
_SCREEN = 300
"""Characters that are seen at once."""
_ASIDE = {Scope.HEADER: "页眉", Scope.FOOTER: "页脚", Scope.NOTE: "注释"}


@dataclass(frozen=True, slots=True)
class _Warning:
    index: int
    hit: Hit
    faults: tuple[tuple[str, str], ...]
    """What is wrong with it, in Chinese and English."""


def build(params: Tree, compiler: Compiler) -> Matcher:
    """A matcher that yields the best seen of the warnings if it is not seen well enough."""
    assert isinstance(params, Mapping)
    when = compiler.patterns(words_of(params.get("when")))
    say = compiler.patterns(words_of(params.get("say")))
    than = compiler.patterns(words_of(params.get("not-smaller-than")))
    withdrawn = compiler.patterns(words_of(params.get("withdrawn")))
    listed = params.get("topics")
    topics = tuple(compiler.patterns(words_of(item)) for item in listed.items) if isinstance(listed, Listed) else ()
    chosen = params.get("faults")
    faults = (
        frozenset(item.text for item in chosen.items if isinstance(item, Scalar))
        if isinstance(chosen, Listed)
        else frozenset(FAULTS)
    )

    def find(passage: Passage) -> Iterator[Match]:
        claims = [(index, hit) for index, hit in _reach.triggers(passage, when, ()) if _seen(passage.views[index])]
        if not claims:
            return
        said = list(_warnings(passage, claims, say, withdrawn, topics))
        found = _smaller(passage, said, than) if than else _best(passage, claims, said, faults)
        if found is None:
            return
        view = passage.views[found.index]
        values = {
            "fault": "、".join(chinese for chinese, _ in found.faults),
            "fault_en": " and ".join(english for _, english in found.faults),
        }
        claim, first = claims[0]
        place = passage.views[claim].to_text(Span(first.start, first.end))
        span = view.to_text(Span(found.hit.start, found.hit.end))
        yield Match(found.index, span, values=values, related=((claim, place, "需要提示的内容"),))

    return Matcher(find, compiler.literals(say), unit=Unit.DOCUMENT, whole=True)


def _seen(view: TextView) -> bool:
    return _reach.reaches(view, view) and not _reach.out_of_sight(view)


def _warnings(
    passage: Passage,
    claims: Sequence[tuple[int, Hit]],
    say: Sequence[Node],
    withdrawn: Sequence[Node],
    topics: Sequence[Sequence[Node]],
) -> Iterator[tuple[int, Hit]]:
    """The warnings that count for the first claim."""
    index, claim = claims[0]
    about = _reach.topics_of(passage.views[index], claim, topics)
    for other, view in enumerate(passage.views):
        if _seen(view):
            whole = Span(0, len(view.folded))
            hits = sorted(_reach.warnings(view, whole, say, withdrawn, topics, about))
            yield from ((other, hit) for hit in hits[:1])


def _best(
    passage: Passage, claims: Sequence[tuple[int, Hit]], said: Sequence[tuple[int, Hit]], faults: frozenset[str]
) -> _Warning | None:
    """The warning with the fewest faults; None where one has none, or where there is no warning."""
    body = _look.body(passage.views)
    starts = [0]
    for view in passage.views:
        starts.append(starts[-1] + len(view.segment.text))
    best: _Warning | None = None
    for index, hit in said:
        away = min(abs(starts[index] + hit.start - starts[claim] - other.start) for claim, other in claims)
        wrong = tuple(_faults(passage.views[index], body, away, faults))
        if not wrong:
            return None
        if best is None or len(wrong) < len(best.faults):
            best = _Warning(index, hit, wrong)
    return best


def _faults(view: TextView, body: _look.Body, away: int, wanted: frozenset[str]) -> Iterator[tuple[str, str]]:
    size, contrast, scope = _look.size(view), _look.contrast(view), view.segment.scope
    if "small" in wanted and size is not None and (size < _TINY or size < _SMALL * body.size):
        yield (
            f"字号只有{size:g}磅（正文{body.size:g}磅）",
            f"set in {size:g} points (the text has {body.size:g})",
        )
    # Light text of a document that is light throughout stands on a dark ground that the format does not tell.
    if "pale" in wanted and contrast is not None and contrast < _PALE <= body.contrast:
        yield f"颜色太浅（与底色对比{contrast:.1f}:1）", f"pale (a contrast of {contrast:.1f}:1)"
    # The end of a web page that fits a screen is no margin: the claim is seen with it.
    beside = not view.segment.locator and scope is not Scope.NOTE and away <= _SCREEN
    if "aside" in wanted and scope in _ASIDE and not beside:
        yield f"只在{_ASIDE[scope]}里", f"only in a {scope}"
    if "far" in wanted and away > _FAR:
        yield f"离有关内容{away}字", f"{away} characters away from what it is about"


def _smaller(passage: Passage, said: Sequence[tuple[int, Hit]], than: Sequence[Node]) -> _Warning | None:
    """The largest of the warnings if the words it is compared with are larger. Sizes that nobody knows say nothing."""
    others = [
        _look.size(view)
        for view in passage.views
        if _seen(view) and any(view.hits(node) for node in view.possible(than))
    ]
    sizes = [(_look.size(passage.views[index]), index, hit) for index, hit in said]
    known = [(size, index, hit) for size, index, hit in sizes if size is not None]
    wanted = [size for size in others if size is not None]
    if not known or not wanted or len(known) < len(sizes):
        return None
    size, index, hit = max(known, key=lambda item: (item[0], -item[1]))
    if size >= max(wanted) - 0.25:
        return None
    text = (f"字号{size:g}磅，小于{max(wanted):g}磅", f"set in {size:g} points, smaller than {max(wanted):g}")
    return _Warning(index, hit, (text,))
