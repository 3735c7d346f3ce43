"""``scored``: sentences that a small trained scorer finds suspicious. For what no phrase covers; a person decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scriptlint.language import Around, Compiler, Match, Matcher, Passage, Scorer, TextView, unknown, words_of
from scriptlint.language.scorer import ASKED, OFFENDS, sounds
from scriptlint.model.context import Context
from scriptlint.model.document import Role, Scope, Segment
from scriptlint.model.record import dataclass, replace
from scriptlint.model.rule import Unit, Verdict
from scriptlint.model.span import Span
from scriptlint.yamltree import Mapping, Scalar
from scriptlint.yamltree import Node as Tree

SCHEMA = {
    "description": "Sentences that a trained scorer calls suspicious. The verdict of the rule must be review.",
    "type": "object",
    "properties": {
        "model": {"type": "string", "description": "The name of a file in the pack's folder models."},
        "label": {
            "type": "string",
            "description": "Which of the model's labels, of sentences or of whole documents, is looked for.",
        },
        "at-least": {"type": "number", "description": "Log odds that are reported; 0 is as likely as not."},
    },
    "required": ["model", "label", "at-least"],
    "additionalProperties": False,
}
VERDICTS = (Verdict.REVIEW,)
"""A score is a reason to look, never a judgement."""
_SHORTEST, _LONGEST = 6, 70
"""Characters of a sentence worth scoring; longer ones are scored in pieces that end with a clause."""
_LEAST_HAN = 5
_HAN = re.compile("[\u4e00-\u9fff]")
_WHOLE = 80
"""Characters of a document that can be judged as a whole; a line or two say too little."""
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
        elif label.text in model.wholes:
            return _of_documents(model, label.text, least)
        elif label.text not in model.labels:
            known = (*model.labels, *model.wholes)
            compiler.errors.append((label.span.start, unknown("label", label.text, known)))
        else:
            return _matcher(model, label.text, least)
    return Matcher(lambda _: iter(()))


def _matcher(model: Scorer, label: str, least: float) -> Matcher:
    def find(passage: Passage) -> Iterator[Match]:
        read, tone = _scored(passage, model)
        together = model.together(label, [alone for _, _, alone in read], tone)
        for (said, surroundings, _), score in zip(read, together, strict=True):
            if score >= least:
                view = passage.views[said.index]
                place = view.to_text(_worst(view, said.place, model, model.labels.index(label), surroundings))
                yield Match(said.index, place, values={"score": f"{score:.1f}"})

    return Matcher(find, unit=Unit.DOCUMENT, guarded=True)


def _of_documents(model: Scorer, name: str, least: float) -> Matcher:
    """A matcher for what only a whole document can lack: one finding, at the sentence that speaks most for it."""

    def find(passage: Passage) -> Iterator[Match]:
        if sum(len(view.folded) for view in passage.views) < _WHOLE:
            return
        read, _ = _scored(passage, model)
        if not read:
            return
        score = model.whole(name, _sounds(passage.views))
        if score >= least:
            said = read[model.most_of(name, [said.text for said, _, _ in read])][0]
            view = passage.views[said.index]
            yield Match(said.index, view.to_text(said.place), values={"score": f"{score:.1f}"})

    return Matcher(find, unit=Unit.DOCUMENT, guarded=True)


def _sounds(views: Sequence[TextView]) -> frozenset[str]:
    return views[0].recall(("sounds", len(views)), lambda: sounds(view.folded for view in views))


_Read = tuple[Sequence[tuple["Sentence", tuple[float, ...], tuple[float, ...]]], float]


def _scored(passage: Passage, model: Scorer) -> _Read:
    """What the institution says, with the weight of its surroundings and its scores, and the tone of it all; worked
    out once for all labels."""

    def scored() -> _Read:
        read = []
        for said in sentences(passage.views, passage.context):
            surroundings = model.surroundings(said.around)
            read.append((said, surroundings, model.alone(said.text, surroundings)))
        return read, model.whole(OFFENDS, _sounds(passage.views))

    return passage.views[0].recall((model.labels, len(passage.views)), scored) if passage.views else ((), 0.0)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that the institution says: the number of its view, its place there and its folded words."""

    index: int
    place: Span
    text: str
    around: Around


def sentences(views: Sequence[TextView], context: Context) -> Sequence[Sentence]:
    """Everything worth scoring in a document, in order, each sentence with what surrounds it."""
    told = [f"{key}={value}" for key in ("kind", "product") for value in context.values(key)]
    found: list[Sentence] = []
    for index, view in enumerate(views):
        if not counts(view.segment):
            continue
        asked = views[index - 1] if index and views[index - 1].segment.role is Role.CUSTOMER else None
        circumstances = [*told, f"scope={view.segment.scope}", f"role={view.segment.role}"]
        if asked is not None:
            circumstances.append("after-customer")
        around = Around(asked.folded[-ASKED:] if asked else "", circumstances=tuple(circumstances))
        found += [Sentence(index, place, view.folded[place.start : place.end], around) for place in pieces(view)]
    texts = ["", *(said.text for said in found), ""]
    return [
        replace(said, around=replace(said.around, before=before, after=after))
        for said, before, after in zip(found, texts, texts[2:], strict=False)
    ]


def counts(segment: Segment) -> bool:
    """True for prose that the institution says, or nobody known."""
    return segment.scope in _PROSE and segment.role not in (Role.CUSTOMER, Role.THIRD)


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
            # Scorers are trained on Chinese: of a masked number in a field or of English they know nothing.
            if finish - begin >= _SHORTEST and len(_HAN.findall(text, begin, finish)) >= _LEAST_HAN:
                yield Span(begin, finish)
            start = max(stop, start + 1)


def _worst(view: TextView, piece: Span, model: Scorer, label: int, surroundings: tuple[float, ...]) -> Span:
    """The run of clauses with the highest score of its own: the place to look at."""
    ends = [piece.start]
    while ends[-1] < piece.end:
        ends.append(min(max(view.stops.clause_end(ends[-1]), ends[-1] + 1), piece.end))
    ranges = [Span(start, end) for start in ends for end in ends if start < end]
    scores = {span: model.alone(view.folded[span.start : span.end], surroundings)[label] for span in ranges}
    best = max(ranges, key=lambda span: (scores[span], len(span), -span.start))
    words = view.folded[best.start : best.end].rstrip(" ,、:。!?;")
    return Span(best.start, best.start + len(words)) if words else piece
