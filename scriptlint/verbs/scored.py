"""``scored``: sentences that a small trained scorer finds suspicious. For what no phrase covers; a person decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scriptlint.language import Compiler, Match, Matcher, Passage, Scorer, TextView, unknown, words_of
from scriptlint.model.document import Scope
from scriptlint.model.rule import Verdict
from scriptlint.model.span import Span
from scriptlint.yamltree import Mapping, Scalar
from scriptlint.yamltree import Node as Tree

SCHEMA = {
    "description": "Sentences that a trained scorer calls suspicious. The rule must be a review or in preview.",
    "type": "object",
    "properties": {
        "model": {"type": "string", "description": "The name of a file in the pack's folder models."},
        "at-least": {"type": "integer", "description": "Score that is reported, in thousandths of log odds."},
    },
    "required": ["model", "at-least"],
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
    limit = params.get("at-least")
    assert isinstance(limit, Scalar)
    least = limit.value if isinstance(limit.value, int) else 0
    for words in words_of(params.get("model")):
        if words.text not in compiler.models:
            compiler.errors.append((words.at, unknown("model", words.text, compiler.models)))
            continue
        return Matcher(_finder(compiler.models[words.text], least), guarded=True)
    return Matcher(lambda _: iter(()))


def _finder(scorer: Scorer, least: int) -> Callable[[Passage], Iterator[Match]]:
    def find(passage: Passage) -> Iterator[Match]:
        for index, view in enumerate(passage.views):
            if view.segment.scope not in _PROSE:
                continue
            for piece in pieces(view):
                score = scorer.score(view.folded[piece.start : piece.end])
                if score >= least:
                    yield Match(index, view.to_text(_worst(view, piece, scorer)), values={"score": str(score)})

    return find


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


def _worst(view: TextView, piece: Span, scorer: Scorer) -> Span:
    """The clause with the highest score of its own: the place to look at."""
    clauses: list[Span] = []
    start = piece.start
    while start < piece.end:
        end = min(max(view.stops.clause_end(start), start + 1), piece.end)
        clauses.append(Span(start, end))
        start = end
    best = max(clauses, key=lambda clause: (scorer.score(view.folded[clause.start : clause.end]), -clause.start))
    words = view.folded[best.start : best.end].rstrip(" ,、:。!?;")
    return Span(best.start, best.start + len(words)) if words else piece
