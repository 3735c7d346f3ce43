"""``measure``: a count with a limit, for texts that are too long, too dense or too loud for their audience."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scriptlint.language import Compiler, Match, Matcher, Passage, TextView
from scriptlint.model.document import Role, Scope
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.model.rule import Unit
from scriptlint.model.span import Span
from scriptlint.yamltree import Mapping, Scalar
from scriptlint.yamltree import Node as Tree

SCHEMA = {
    "description": "A count that must not exceed a limit.",
    "type": "object",
    "properties": {
        "count": {
            "enum": ["sentence-length", "clause-length", "exclamations", "hard-sentences"],
            "description": "sentence-length, clause-length: characters in one; exclamations: marks and emoji that "
            "shout, in the whole text; hard-sentences: percent of sentences longer than `hard`.",
        },
        "more-than": {"type": "integer", "description": "The most that is let pass."},
        "hard": {"type": "integer", "description": "For hard-sentences: characters that make a sentence hard."},
    },
    "required": ["count", "more-than"],
    "additionalProperties": False,
}
_SAID = lazy_re(r"[0-9a-z]{1,40}|[\u3400-\u9fff]")
"""A Han character or a whole Latin word or number: what a reader takes in at once."""
_LOUD = lazy_re(r"!|[\U0001F525\U0001F4A5\U0001F680\U0001F4B0\U0001F389\u26A1\u203C\u2757]")
_PROSE = frozenset((Scope.PARAGRAPH, Scope.LIST_ITEM, Scope.TURN, Scope.VALUE, Scope.TABLE_CELL))
_FEW = 5
"""Below this many sentences a share says nothing."""


@dataclass(frozen=True, slots=True)
class _Part:
    segment: int
    span: Span
    length: int


def build(params: Tree, compiler: Compiler) -> Matcher:
    """A matcher that yields what exceeds the limit. Messages may use ``{count}`` and ``{limit}``.

    Sentences and clauses are yielded one by one; shares and totals once, at the first place that counts.
    """
    assert isinstance(params, Mapping)
    count, limit_node, hard_node = params.get("count"), params.get("more-than"), params.get("hard")
    assert isinstance(count, Scalar)
    limit = _whole(limit_node)
    hard = _whole(hard_node)
    if count.text == "hard-sentences" and hard_node is None:
        compiler.errors.append((params.span.start, '"count: hard-sentences" needs "hard"'))
    find = _FINDERS[count.text]
    return Matcher(lambda passage: find(passage, limit, hard), unit=Unit.DOCUMENT)


def _whole(node: Tree | None) -> int:
    return node.value if isinstance(node, Scalar) and isinstance(node.value, int) else 0


def _match(passage: Passage, part: _Part, count: int, limit: int) -> Match:
    view = passage.views[part.segment]
    return Match(part.segment, view.to_text(part.span), values={"count": str(count), "limit": str(limit)})


def _parts(passage: Passage, around: Callable[[TextView, int], Span]) -> Iterator[_Part]:
    """The sentences or clauses of the prose the institution says, with their lengths."""
    for index, view in enumerate(passage.views):
        if view.segment.role is Role.CUSTOMER or view.segment.scope not in _PROSE:
            continue
        start = 0
        while start < len(view.folded):
            end = max(around(view, start).end, start + 1)
            words = view.folded[start:end]
            begin = start + len(words) - len(words.lstrip())
            yield _Part(index, Span(begin, max(begin, start + len(words.rstrip()))), len(_SAID.findall(words)))
            start = end


def _long_sentences(passage: Passage, limit: int, _: int) -> Iterator[Match]:
    for part in _parts(passage, lambda view, start: view.stops.sentence(start)):
        if part.length > limit:
            yield _match(passage, part, part.length, limit)


def _long_clauses(passage: Passage, limit: int, _: int) -> Iterator[Match]:
    for part in _parts(passage, lambda view, start: view.stops.clause(start)):
        if part.length > limit:
            yield _match(passage, part, part.length, limit)


def _hard_sentences(passage: Passage, limit: int, hard: int) -> Iterator[Match]:
    parts = [part for part in _parts(passage, lambda view, start: view.stops.sentence(start)) if part.length > 1]
    long = [part for part in parts if part.length > hard]
    share = round(100 * len(long) / len(parts)) if parts else 0
    if len(parts) >= _FEW and share > limit:
        yield _match(passage, long[0], share, limit)


def _exclamations(passage: Passage, limit: int, _: int) -> Iterator[Match]:
    marks = [
        _Part(index, Span(*found.span()), 1)
        for index, view in enumerate(passage.views)
        if view.segment.role is not Role.CUSTOMER and view.segment.scope is not Scope.COMMENT
        for found in _LOUD.finditer(view.folded)
    ]
    if len(marks) > limit:
        yield _match(passage, marks[limit], len(marks), limit)


_FINDERS: dict[str, Callable[[Passage, int, int], Iterator[Match]]] = {
    "sentence-length": _long_sentences,
    "clause-length": _long_clauses,
    "hard-sentences": _hard_sentences,
    "exclamations": _exclamations,
}
