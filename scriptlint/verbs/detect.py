"""``detect``: personal data, secrets and internal addresses by their shape, check digits and context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scriptlint import yamltree
from scriptlint.language import Compiler, Match, Matcher, Passage, TextView, unknown, words_of
from scriptlint.language.entities import KINDS, Confidence, Entity, find_entities, may_hold
from scriptlint.model.document import Scope
from scriptlint.model.rule import Unit
from scriptlint.model.span import Span

_LEVELS = {"low": Confidence.LOW, "medium": Confidence.MEDIUM, "high": Confidence.HIGH}
SCHEMA = {
    "description": "Kinds of data that must not stand in a text.",
    "type": "object",
    "properties": {
        "entities": {"type": "array", "items": {"enum": list(KINDS)}, "minItems": 1},
        "least": {"description": "How sure it must be; medium when not given.", "enum": list(_LEVELS)},
        "most": {
            "description": "How sure it may be at most, for rules that report doubtful cases.",
            "enum": list(_LEVELS),
        },
        "near": {
            "description": "Only beside one of these expressions in the same segment.",
            "type": "array",
            "items": {"type": "string", "minLength": 1},
            "minItems": 1,
        },
        "safe": {
            "description": "Values that belong to nobody, each with the reason; separators do not matter.",
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"value": {"type": ["string", "number"]}, "reason": {"type": "string", "minLength": 1}},
                "required": ["value", "reason"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["entities"],
    "additionalProperties": False,
}
_SEPARATORS = str.maketrans("", "", " -()")


@dataclass(frozen=True, slots=True)
class _Wanted:
    kinds: frozenset[str]
    least: Confidence
    most: Confidence
    safe: frozenset[str] = field(default_factory=frozenset)

    def has(self, entity: Entity, text: str) -> bool:
        if entity.kind not in self.kinds or not self.least <= entity.confidence <= self.most:
            return False
        return not self.safe or text[entity.start : entity.end].translate(_SEPARATORS) not in self.safe


def build(params: yamltree.Node, compiler: Compiler) -> Matcher:
    """A matcher that yields every such run of text. What it shows of a value never holds the value."""
    assert isinstance(params, yamltree.Mapping)
    wanted = _Wanted(
        frozenset(words.text for words in words_of(params.get("entities"))),
        _level(params.get("least"), Confidence.MEDIUM),
        _level(params.get("most"), Confidence.HIGH),
        _safe(params.get("safe")),
    )
    for words in words_of(params.get("entities")):
        if words.text not in KINDS:
            compiler.errors.append((words.at, unknown("kind of data", words.text, KINDS)))
    near_node = params.get("near")
    near = compiler.patterns(words_of(near_node), rule=False)

    def find(passage: Passage) -> Iterator[Match]:
        for index, view in enumerate(passage.views):
            if near_node is not None and not any(view.hits(node) for node in near):
                continue
            text = view.segment.text
            for entity in _entities(passage.views, index):
                if wanted.has(entity, text):
                    values = {"kind": KINDS[entity.kind]}
                    yield Match(index, Span(entity.start, entity.end), values=values, shown=entity.shown)

    return Matcher(find, unit=Unit.DOCUMENT)


def _level(node: yamltree.Node | None, otherwise: Confidence) -> Confidence:
    return _LEVELS[node.text] if isinstance(node, yamltree.Scalar) else otherwise


def _safe(node: yamltree.Node | None) -> frozenset[str]:
    items = node.items if isinstance(node, yamltree.Sequence) else ()
    values = (item.get("value") for item in items if isinstance(item, yamltree.Mapping))
    return frozenset(value.text.translate(_SEPARATORS) for value in values if isinstance(value, yamltree.Scalar))


def _entities(views: Sequence[TextView], index: int) -> list[Entity]:
    """The data in one segment, read together with what stands before it."""
    view = views[index]
    segment = view.segment
    if not may_hold(segment.text):
        return []
    spoken = segment.scope is Scope.TURN
    return find_entities(segment.text, before=_before(views, index), spoken=spoken)


def _before(views: Sequence[TextView], index: int) -> str:
    """What was said just before, the header of the column, or the cells to the left in the row."""
    segment = views[index].segment
    if segment.scope is Scope.TURN:
        return views[index - 1].segment.text if index and views[index - 1].segment.scope is Scope.TURN else ""
    if segment.record is not None and segment.scope is Scope.TABLE_CELL:
        return f"{segment.label}:" if segment.label else ""
    return segment.label.rsplit(".", 1)[-1] if segment.label else ""
