"""``detect``: personal data, secrets and internal addresses by their shape, check digits and context."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from scriptlint import yamltree
from scriptlint.language import Compiler, Match, Matcher, Passage, TextView, unknown, words_of
from scriptlint.language.entities import KINDS, Confidence, Entity, find_entities, may_hold
from scriptlint.language.matching import Change, Repair
from scriptlint.model.document import Scope
from scriptlint.model.finding import Tier
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, field, replace
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
IN_COMMENTS = True
"""A telephone number in a remark on a script leaks like one in the script."""

_OURS = lazy_re(r"\s*scriptlint\s*:")
"""Comments that speak to us; ``triage`` looks after what stands in them."""
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
        for index, entity in read(passage.views):
            view = passage.views[index]
            beside = near_node is None or any(view.hits(node) for node in near)
            if beside and wanted.has(entity, view.segment.text):
                values = {"kind": KINDS[entity.kind]}
                repairs = _repairs(index, entity, view.segment.text)
                yield Match(index, Span(entity.start, entity.end), values=values, shown=entity.shown, repairs=repairs)

    return Matcher(find, unit=Unit.DOCUMENT)


def _repairs(index: int, entity: Entity, text: str) -> tuple[Repair, ...]:
    """The value masked, as changes of those characters only that the mask hides."""
    from scriptlint.language.entities.masking import masked

    value = text[entity.start : entity.end]
    hidden = masked(entity.kind, value)
    if hidden is None or hidden == value:
        return ()
    changes: list[Change] = []
    for place, (old, new) in enumerate(zip(value, hidden, strict=True), entity.start):
        last = changes[-1] if changes else None
        if old == new:
            continue
        if last is not None and last.span.end == place:
            changes[-1] = Change(index, Span(last.span.start, place + 1), last.text + new)
        else:
            changes.append(Change(index, Span(place, place + 1), new))
    kind = KINDS[entity.kind]
    return (Repair(Tier.SAFE, tuple(changes), f"遮盖{kind}", "mask the data"),)


def _level(node: yamltree.Node | None, otherwise: Confidence) -> Confidence:
    return _LEVELS[node.text] if isinstance(node, yamltree.Scalar) else otherwise


def _safe(node: yamltree.Node | None) -> frozenset[str]:
    items = node.items if isinstance(node, yamltree.Sequence) else ()
    values = (item.get("value") for item in items if isinstance(item, yamltree.Mapping))
    return frozenset(value.text.translate(_SEPARATORS) for value in values if isinstance(value, yamltree.Scalar))


def read(views: Sequence[TextView]) -> Iterator[tuple[int, Entity]]:
    """The data in all segments, each read together with what stands before it."""
    rows: dict[tuple[tuple[str, ...], int], list[int]] = {}
    for index, view in enumerate(views):
        segment = view.segment
        if segment.scope is Scope.COMMENT and _OURS.match(segment.text):
            continue
        if segment.record is not None and segment.scope in (Scope.TABLE_CELL, Scope.VALUE):
            rows.setdefault((segment.section, segment.record), []).append(index)
        elif may_hold(segment.text):
            spoken = segment.scope is Scope.TURN
            for entity in find_entities(segment.text, before=_before(views, index), spoken=spoken):
                yield index, entity
    for indices in rows.values():
        yield from _read_row(views, indices)


def _read_row(views: Sequence[TextView], indices: Sequence[int]) -> Iterator[tuple[int, Entity]]:
    """The data in one row: the headers say what the cells hold, and a name belongs to its neighbours."""
    line = ""
    starts: list[int] = []
    for index in indices:
        segment = views[index].segment
        # What keys and headers hold in brackets or paths would only get in the way.
        label = segment.label.rsplit(".", 1)[-1]
        line += f"{label}:" if label else ""
        starts.append(len(line))
        line += f"{segment.text},"
    if not may_hold(line):
        return
    for entity in find_entities(line):
        place = bisect_right(starts, entity.start) - 1
        if place < 0:
            continue
        length = len(views[indices[place]].segment.text)
        start = entity.start - starts[place]
        # A name with the facts beside it is reported at the name.
        end = min(entity.end - starts[place], length)
        if start < length and (entity.end - starts[place] <= length or entity.kind.startswith("named_")):
            yield indices[place], replace(entity, start=start, end=end)


def _before(views: Sequence[TextView], index: int) -> str:
    """What was said just before, or the key of the value."""
    segment = views[index].segment
    if segment.scope is Scope.TURN:
        previous = views[index - 1].segment if index else None
        return previous.text if previous is not None and previous.scope is Scope.TURN else ""
    return segment.label.rsplit(".", 1)[-1] if segment.label else ""
