"""``reckon``: numbers that must agree with each other or with the law; what they amount to is the suggestion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from scriptlint.language import Compiler, Match, Matcher, Node, Passage, TextView, figures, words_of
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
        return Matcher(
            _disagreeing_rates, gate=lambda text: "年" in text or "apr" in text or "irr" in text, guarded=True
        )
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
    for index, view in enumerate(passage.views):
        text = view.folded
        stated = figures.annual_rates(text)
        if not stated:
            continue
        for price in figures.prices(text):
            sentence = view.stops.sentence(price.span.start)
            near = [rate for rate in stated if sentence.start <= rate.span.start < sentence.end]
            if near and not any(_agree(rate.value, price.annual) for rate in near):
                rate = min(near, key=lambda rate: abs(rate.span.start - price.span.start))
                span = Span(min(price.span.start, rate.span.start), max(price.span.end, rate.span.end))
                values = {"price": text[price.span.start : price.span.end], "annual": figures.percent(price.annual[0])}
                yield Match(index, view.to_text(span), values=values)


def _agree(stated: float, reckoned: Sequence[float]) -> bool:
    return any(abs(stated - value) <= max(0.002, _TOLERANCE * value) for value in reckoned)
