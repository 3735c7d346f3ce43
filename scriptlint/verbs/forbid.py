"""``forbid``: these expressions must not be said."""

from __future__ import annotations

from collections.abc import Iterator

from scriptlint.language import Compiler, Match, Matcher, Passage, words_of
from scriptlint.model.span import Span
from scriptlint.yamltree import Node

SCHEMA = {
    "description": "Patterns for expressions that must not be said.",
    "type": "array",
    "items": {"type": "string", "minLength": 1},
    "minItems": 1,
}


def build(params: Node, compiler: Compiler) -> Matcher:
    """A matcher that yields every place where one of the patterns stands."""
    nodes = compiler.patterns(words_of(params))

    def find(passage: Passage) -> Iterator[Match]:
        for index, view in enumerate(passage.views):
            for node in view.possible(nodes):
                for hit in view.hits(node).all:
                    gaps = tuple(view.to_text(Span(start, end)) for start, end in hit.gaps)
                    yield Match(index, view.to_text(Span(hit.start, hit.end)), gaps)

    return Matcher(find, compiler.literals(nodes), guarded=True)
