"""``scored``: sentences that a small trained scorer finds suspicious. For what no phrase covers; a person decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scriptlint.language import Compiler, Match, Matcher, Passage, Scorer, TextView, unknown, words_of
from scriptlint.model.context import Context
from scriptlint.model.document import Role, Scope, Segment
from scriptlint.model.rule import Unit, Verdict
from scriptlint.model.span import Span
from scriptlint.yamltree import Mapping, Scalar
from scriptlint.yamltree import Node as Tree

SCHEMA = {
    "description": "Sentences that a trained scorer calls suspicious. The verdict of the rule must be review.",
    "type": "object",
    "properties": {
        "model": {"type": "string", "description": "The name of a file in the pack's folder models."},
        "label": {"type": "string", "description": "What of the model's labels is looked for."},
        "at-least": {"type": "number", "description": "Log odds that are reported; 0 is as likely as not."},
    },
    "required": ["model", "label", "at-least"],
    "additionalProperties": False,
}
VERDICTS = (Verdict.REVIEW,)
"""A score is a reason to look, never a judgement."""
_SHORTEST, _LONGEST = 6, 70
"""Characters of a sentence worth scoring; longer ones are scored in pieces that end with a clause."""
_PROSE = frozenset((Scope.PARAGRAPH, Scope.LIST_ITEM, Scope.TURN, Scope.VALUE, Scope.TABLE_CELL, Scope.HEADING))


def build(params: Tree, compiler: Compiler) -> Matcher:
    """A matcher that yields each sentence whose score reaches the limit, at its most suspicious clause."""
    assert isinstance(params, Mapping)
    limit, label = params.get("at-least"), params.get("label")
    assert isinstance(limit, Scalar)
    assert isinstance(label, Scalar)
    least = float(limit.value) if isinstance(limit.value, int | float) else 0.0
    for words in words_of(params.get("model")):
        model = compiler.models.get(words.text)
        if model is None:
            compiler.errors.append((words.at, unknown("model", words.text, compiler.models)))
        elif label.text not in model.labels:
            compiler.errors.append((label.span.start, unknown("label", label.text, model.labels)))
        else:
            return _matcher(model, label.text, least)
    return Matcher(lambda _: iter(()))


def _matcher(model: Scorer, label: str, least: float) -> Matcher:
    def find(passage: Passage) -> Iterator[Match]:
        read = [(index, *said) for index in range(len(passage.views)) for said in _scored(passage, index, model)]
        together = model.together(label, [alone for _, _, alone in read])
        for (index, piece, _), score in zip(read, together, strict=True):
            if score >= least:
                view = passage.views[index]
                place = view.to_text(_worst(view, piece, model, model.labels.index(label)))
                yield Match(index, place, values={"score": f"{score:.1f}"})

    return Matcher(find, unit=Unit.DOCUMENT, guarded=True)


def _scored(passage: Passage, index: int, model: Scorer) -> Sequence[tuple[Span, tuple[float, ...]]]:
    """The sentences of a view that the institution says, with their scores; worked out once for all labels."""
    view = passage.views[index]
    if not counts(view.segment):
        return ()
    before = passage.views[index - 1].segment if index else None
    beside = circumstances(view.segment, before, passage.context)
    return view.recall(
        model.labels, lambda: [(piece, model.alone(_words(view, piece), beside)) for piece in pieces(view)]
    )


def counts(segment: Segment) -> bool:
    """True for prose that the institution says, or nobody known."""
    return segment.scope in _PROSE and segment.role not in (Role.CUSTOMER, Role.THIRD)


def circumstances(segment: Segment, before: Segment | None, context: Context) -> tuple[str, ...]:
    """What surrounds a sentence: kind and products of the document, its scope, who says it, who spoke before."""
    found = [f"{key}={value}" for key in ("kind", "product") for value in context.values(key)]
    found += [f"scope={segment.scope}", f"role={segment.role}"]
    if before is not None and before.role is Role.CUSTOMER:
        found.append("after-customer")
    return tuple(found)


def pieces(view: TextView) -> Iterator[Span]:
    """The sentences of a view, long ones in parts that end with a clause, without spaces around them."""
    start, text = 0, view.folded
    while start < len(text):
        end = max(view.stops.sentence_end(start), start + 1)
        while start < end:
            stop = end
            if stop - start > _LONGEST:
                stop = start
                while stop < end and (clause := max(view.stops.clause_end(stop), stop + 1)) - start <= _LONGEST:
                    stop = clause
                stop = stop if stop > start else min(view.stops.clause_end(start), end)
            words = text[start:stop]
            begin = start + len(words) - len(words.lstrip())
            finish = start + len(words.rstrip(" \n。!?;,、"))
            if finish - begin >= _SHORTEST:
                yield Span(begin, finish)
            start = max(stop, start + 1)


def _worst(view: TextView, piece: Span, model: Scorer, label: int) -> Span:
    """The run of clauses with the highest score of its own: the place to look at."""
    ends = [piece.start]
    while ends[-1] < piece.end:
        ends.append(min(max(view.stops.clause_end(ends[-1]), ends[-1] + 1), piece.end))
    ranges = [Span(start, end) for start in ends for end in ends if start < end]
    best = max(ranges, key=lambda span: (model.alone(_words(view, span))[label], len(span), -span.start))
    words = _words(view, best).rstrip(" ,、:。!?;")
    return Span(best.start, best.start + len(words)) if words else piece


def _words(view: TextView, span: Span) -> str:
    return view.folded[span.start : span.end]
