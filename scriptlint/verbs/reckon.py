"""``reckon``: numbers that must agree with each other or with the law; what they amount to is the suggestion."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from scriptlint.language import Compiler, Match, Matcher, Node, Passage, TextView, figures, words_of
from scriptlint.language.fold import fold
from scriptlint.model.document import Scope
from scriptlint.model.rule import Unit
from scriptlint.model.span import Span
from scriptlint.yamltree import Mapping, Scalar
from scriptlint.yamltree import Node as Tree

_CHECKS = ("annual-rate", "amount", "period")
SCHEMA = {
    "description": "Numbers that must agree.",
    "type": "object",
    "properties": {
        "check": {
            "enum": list(_CHECKS),
            "description": "annual-rate: a daily, monthly or instalment price and the annual rate beside it; "
            "amount: the amount beside the words of `of`; period: the length of time beside them, in months.",
        },
        "of": {
            "anyOf": [
                {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
                {"type": "string", "minLength": 1},
            ],
            "description": "What the number is about; looked for in the same sentence.",
        },
        "is": {"type": "number", "description": "The only right value."},
        "at-least": {"type": "number", "description": "The least value that is right."},
        "more-than": {"type": "number", "description": "What the value must exceed."},
    },
    "required": ["check"],
    "additionalProperties": False,
}
_TOLERANCE = 0.06
"""Share by which a stated annual rate may differ from the reckoned one: fees are rounded when quoted."""


def build(params: Tree, compiler: Compiler) -> Matcher:
    """A matcher that yields numbers that do not agree, with what they should be."""
    assert isinstance(params, Mapping)
    check = params.get("check")
    assert isinstance(check, Scalar)
    if check.text == "annual-rate":
        return Matcher(_disagreeing_rates, unit=Unit.DOCUMENT, guarded=True)
    of = compiler.patterns(words_of(params.get("of")))
    limits = {key: node.value for key in ("is", "at-least", "more-than") if isinstance(node := params.get(key), Scalar)}
    if not of or not limits:
        compiler.errors.append(
            (params.span.start, f'"check: {check.text}" needs "of" and one of is, at-least, more-than')
        )

    def right(value: float) -> bool:
        return all(
            (key != "is" or value == limit)
            and (key != "at-least" or value >= limit)
            and (key != "more-than" or value > limit)
            for key, limit in limits.items()
            if isinstance(limit, int | float)
        )

    read = figures.amounts if check.text == "amount" else figures.periods

    def find(passage: Passage) -> Iterator[Match]:
        for index, view in enumerate(passage.views):
            yield from _wrong_figures(index, view, of, read, right)

    return Matcher(find, compiler.literals(of), guarded=True)


def _wrong_figures(
    index: int,
    view: TextView,
    of: Sequence[Node],
    read: Callable[[str], Sequence[figures.Figure]],
    right: Callable[[float], bool],
) -> Iterator[Match]:
    """Figures in a place that ``of`` matches that are wrong."""
    told: set[Span] = set()
    places = [Span(hit.start, hit.end) for node in of for hit in view.hits(node).all]
    found = read(view.folded) if places else ()
    for place in sorted(places):
        for figure in found:
            inside = place.start <= figure.span.start and figure.span.end <= place.end
            if inside and figure.span not in told and not right(figure.value):
                told.add(figure.span)
                yield Match(index, view.to_text(place))


def _disagreeing_rates(passage: Passage) -> Iterator[Match]:
    rows: dict[int, list[int]] = {}
    for index, view in enumerate(passage.views):
        if view.segment.scope is Scope.TABLE_CELL and view.segment.record:
            rows.setdefault(view.segment.record, []).append(index)
        text = view.folded
        if not any(word in text for word in _YEARLY):
            continue
        stated = figures.annual_rates(text)
        for price in figures.prices(text) if stated else ():
            sentence = view.stops.sentence(price.span.start)
            near = [rate for rate in stated if sentence.start <= rate.span.start < sentence.end]
            if near and not any(_agree(rate.value, price.annual) for rate in near):
                rate = min(near, key=lambda rate: abs(rate.span.start - price.span.start))
                span = Span(min(price.span.start, rate.span.start), max(price.span.end, rate.span.end))
                yield Match(index, view.to_text(span), values=_told(text, price))
    for indices in rows.values():
        yield from _disagreeing_cells(passage, indices)


_YEARLY = ("年", "apr", "irr")


def _disagreeing_cells(passage: Passage, indices: Sequence[int]) -> Iterator[Match]:
    """A price and an annual rate that stand in different cells of one row, each under its header."""
    text = ""
    ends: list[int] = []
    for index in indices:
        segment = passage.views[index].segment
        label = fold(segment.label).text if segment.label else ""
        text += f"{label}{passage.views[index].folded} "
        ends.append(len(text))
    if not any(word in text for word in _YEARLY):
        return
    stated = figures.annual_rates(text)
    for price in figures.prices(text) if stated else ():
        # Rates in one cell have been compared there.
        apart = [rate for rate in stated if bisect_right(ends, rate.span.start) != bisect_right(ends, price.span.start)]
        if apart and not any(_agree(rate.value, price.annual) for rate in stated):
            cell = indices[bisect_right(ends, apart[0].span.end - 1)]
            view = passage.views[cell]
            yield Match(cell, view.to_text(Span(0, len(view.folded))), values=_told(text, price))
            return


def _told(text: str, price: figures.Price) -> dict[str, str]:
    return {"price": text[price.span.start : price.span.end].strip(), "annual": figures.percent(price.annual[0])}


def _agree(stated: float, reckoned: Sequence[float]) -> bool:
    return any(abs(stated - value) <= max(0.002, _TOLERANCE * value) for value in reckoned)
