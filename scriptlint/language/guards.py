"""Guards: named conditions under which an expression is no offence, evaluated at one match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scriptlint.language.hits import Hit
from scriptlint.language.pattern import Node
from scriptlint.language.view import TextView
from scriptlint.model.context import Context
from scriptlint.model.document import Role, Scope
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.model.span import Span


@dataclass(frozen=True, slots=True)
class Condition:
    """One alternative of a guard: everything that is set must hold."""

    before: Sequence[Node] = ()
    after: Sequence[Node] = ()
    beyond: Sequence[Node] = ()
    """After the quotation marks the match stands in."""
    around: Sequence[Node] = ()
    inside: Sequence[Node] = ()
    covers: Sequence[Node] = ()
    gap: Sequence[Node] = ()
    heading: Sequence[Node] = ()
    column: Sequence[Node] = ()
    beside: Sequence[Node] = ()
    """Another column or key of the same row or entry."""
    lead: Sequence[Node] = ()
    """What introduces the list or the quotations this stands among."""
    previous: Sequence[Node] = ()
    next: Sequence[Node] = ()
    document: Sequence[Node] = ()
    within: str = "clause"
    reach: int = 50
    quoted: bool | None = None
    question: bool | None = None
    role: tuple[Role, ...] = ()
    previous_role: tuple[Role, ...] = ()
    """Who speaks in the segment before."""
    starts: bool | None = None
    """True when the match must stand at the start of its segment, with no more than a word before it."""
    scope: tuple[Scope, ...] = ()
    context: Mapping[str, tuple[str, ...]] | None = None
    unless: Condition | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """A named condition: it holds when any of its alternatives does."""

    name: str
    title_zh: str
    title_en: str
    any: tuple[Condition, ...]
    default: bool = False
    """True when every ``forbid`` rule has it without naming it."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """Why a match is no offence: the guard, and the words that made it hold if there are any."""

    guard: str
    segment: int
    span: Span | None
    """In the text of that segment."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a guard may look at beside the match: the document's views, headings and labels, and the context."""

    views: Sequence[TextView]
    headings: Sequence[Sequence[TextView]]
    """For each segment, the views of the headings above it."""
    labels: Sequence[TextView | None]
    context: Context


@dataclass(frozen=True, slots=True)
class Place:
    """A match as guards see it: segment number in the document, span and gaps in folded text."""

    segment: int
    span: Span
    gaps: tuple[Span, ...]


def clears(guard: Guard, place: Place, around: Surroundings) -> Cleared | None:
    """The reason why this guard lets the match pass, or None."""
    for condition in guard.any:
        held = _holds(condition, place, around)
        if held is not None:
            segment, span = held
            text_span = around.views[segment].to_text(span) if span is not None else None
            return Cleared(guard.name, segment, text_span)
    return None


_A_WORD = 3
_Evidence = tuple[int, Span | None]


def _holds(condition: Condition, place: Place, around: Surroundings) -> _Evidence | None:
    view = around.views[place.segment]
    segment = view.segment
    if condition.role and segment.role not in condition.role:
        return None
    if condition.starts is not None and (place.span.start <= _A_WORD) is not condition.starts:
        return None
    if condition.previous_role and not (
        place.segment and around.views[place.segment - 1].segment.role in condition.previous_role
    ):
        return None
    if condition.scope and segment.scope not in condition.scope:
        return None
    if condition.context is not None and not _context_holds(condition.context, around.context):
        return None
    if condition.question is not None and view.stops.is_question(max(place.span.end - 1, 0)) is not condition.question:
        return None
    evidence: _Evidence = (place.segment, None)
    if condition.quoted is not None:
        quotes = view.stops.in_quotes(place.span)
        if (quotes is not None) is not condition.quoted:
            return None
        evidence = (place.segment, quotes)
    for nodes, search in (
        (condition.before, _before),
        (condition.after, _after),
        (condition.beyond, _beyond),
        (condition.around, _around),
        (condition.inside, _inside),
        (condition.covers, _covers),
        (condition.gap, _gap),
    ):
        if nodes:
            hit = search(view, nodes, place, condition)
            if hit is None:
                return None
            evidence = (place.segment, Span(hit.start, hit.end))
    if condition.heading and not _any_view(around.headings[place.segment], condition.heading):
        return None
    if condition.column:
        label = around.labels[place.segment]
        if label is None or not _any_view((label,), condition.column):
            return None
    if condition.beside and not _any_view(_labels_beside(place.segment, around), condition.beside):
        return None
    if condition.lead:
        number = _lead(place.segment, around.views)
        found = _first(around.views[number], condition.lead) if number is not None else None
        if number is None or found is None:
            return None
        evidence = (number, Span(found.start, found.end))
    for nodes, step in ((condition.previous, -1), (condition.next, 1)):
        if nodes:
            other = place.segment + step
            if not 0 <= other < len(around.views):
                return None
            found = _first(around.views[other], nodes)
            if found is None:
                return None
            evidence = (other, Span(found.start, found.end))
    if condition.document and not _any_view(around.views, condition.document):
        return None
    if condition.unless is not None and _holds(condition.unless, place, around) is not None:
        return None
    return evidence


_ITEM = lazy_re(
    r"\s*(?:[“「『\"‘]|[①-⑳❶-❿]|第[一二三四五六七八九十0-9]{1,2}[句条种个类招话]|其?[一二三四五六七八九十0-9]{1,2}[、.)是:,]|[·•▪✗×❌-])"
)
"""How an item of a list begins where the list is no list of the format."""
_FARTHEST = 12
_LONGEST_LEAD = 120


def _lead(number: int, views: Sequence[TextView]) -> int | None:
    """The segment before the first item of the list that a segment is an item of."""
    for index in range(number, max(number - _FARTHEST, -1), -1):
        segment = views[index].segment
        if segment.scope is not Scope.LIST_ITEM and not _ITEM.match(views[index].folded):
            return index if index != number and len(segment.text) <= _LONGEST_LEAD else None
    return None


def _labels_beside(number: int, around: Surroundings) -> list[TextView]:
    """The columns or keys of the other cells of a row."""
    record = around.views[number].segment.record
    if record is None:
        return []
    found: list[TextView] = []
    for step in (-1, 1):
        index = number + step
        while 0 <= index < len(around.views) and around.views[index].segment.record == record:
            label = around.labels[index]
            if label is not None and label is not around.labels[number]:
                found.append(label)
            index += step
    return found


def _context_holds(wanted: Mapping[str, tuple[str, ...]], context: Context) -> bool:
    return all(set(context.values(key)) & set(values) for key, values in wanted.items())


def _limits(view: TextView, place: Place, within: str) -> Span:
    if within == "segment":
        return Span(0, len(view.folded))
    last = max(place.span.end - 1, place.span.start)
    if within == "sentence":
        return Span(view.stops.sentence(place.span.start).start, view.stops.sentence(last).end)
    return Span(view.stops.clause(place.span.start).start, view.stops.clause(last).end)


def _before(view: TextView, nodes: Sequence[Node], place: Place, condition: Condition) -> Hit | None:
    limits = _limits(view, place, condition.within)
    start = place.span.start
    best: Hit | None = None
    for node in view.possible(nodes):
        for hit in view.hits(node).all:
            near = limits.start <= hit.start and hit.end <= start and start - hit.end <= condition.reach
            if near and (best is None or hit.end > best.end):
                best = hit
    return best


def _after(view: TextView, nodes: Sequence[Node], place: Place, condition: Condition) -> Hit | None:
    limits = _limits(view, place, condition.within)
    end = place.span.end
    for node in view.possible(nodes):
        for hit in view.hits(node).all:
            if end <= hit.start and hit.end <= limits.end and hit.start - end <= condition.reach:
                return hit
    return None


def _beyond(view: TextView, nodes: Sequence[Node], place: Place, condition: Condition) -> Hit | None:
    quotes = view.stops.in_quotes(place.span)
    return _after(view, nodes, Place(place.segment, quotes, ()), condition) if quotes is not None else None


def _around(view: TextView, nodes: Sequence[Node], place: Place, condition: Condition) -> Hit | None:
    limits = _limits(view, place, condition.within)
    low, high = place.span.start - condition.reach, place.span.end + condition.reach
    for node in view.possible(nodes):
        for hit in view.hits(node).all:
            if limits.start <= hit.start and hit.end <= limits.end and low <= hit.end and hit.start <= high:
                return hit
    return None


def _inside(view: TextView, nodes: Sequence[Node], place: Place, _: Condition) -> Hit | None:
    for node in view.possible(nodes):
        for hit in view.hits(node).all:
            if hit.start <= place.span.start and place.span.end <= hit.end:
                return hit
    return None


def _covers(view: TextView, nodes: Sequence[Node], place: Place, _: Condition) -> Hit | None:
    for node in view.possible(nodes):
        for hit in view.hits(node).all:
            if place.span.start <= hit.start and hit.end <= place.span.end:
                return hit
    return None


def _gap(view: TextView, nodes: Sequence[Node], place: Place, _: Condition) -> Hit | None:
    for node in view.possible(nodes):
        for hit in view.hits(node).all:
            if any(gap.start <= hit.start and hit.end <= gap.end for gap in place.gaps):
                return hit
    return None


def _first(view: TextView, nodes: Sequence[Node]) -> Hit | None:
    for node in view.possible(nodes):
        hits = view.hits(node)
        if hits:
            return hits.all[0]
    return None


def _any_view(views: Sequence[TextView], nodes: Sequence[Node]) -> bool:
    return any(_first(view, nodes) is not None for view in views)
