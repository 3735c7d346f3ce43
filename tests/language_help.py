"""Small vocabularies for tests of the language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scriptlint.language import Definition, Language, Node, Scanner, TextView, Vocabulary
from scriptlint.language.pattern import parse
from scriptlint.model.document import Role, Scope, Segment
from scriptlint.model.span import OffsetMap, Span


def vocabulary(
    concepts: Mapping[str, Sequence[str]], harmless: Mapping[str, tuple[str, ...]] | None = None
) -> Vocabulary:
    return Vocabulary(
        Definition(name, tuple(parse(way) for way in ways), (harmless or {}).get(name, ()))
        for name, ways in concepts.items()
    )


def view(text: str, nodes: Sequence[Node], words: Vocabulary, role: Role = Role.UNKNOWN) -> TextView:
    segment = Segment(text, OffsetMap.identity(len(text)), Scope.PARAGRAPH, role)
    return TextView(segment, Language(words, Scanner(words.literals(nodes))))


def found(
    pattern: str, text: str, concepts: Mapping[str, Sequence[str]] | None = None, **harmless: tuple[str, ...]
) -> list[str]:
    """What a pattern finds in a text, as it stands there."""
    words = vocabulary(concepts or {}, harmless)
    node = parse(pattern)
    seen = view(text, [node], words)
    spans = [seen.to_text(Span(hit.start, hit.end)) for hit in seen.hits(node).all]
    return [text[span.start : span.end] for span in spans]
