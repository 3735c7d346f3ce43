"""``sequence``: steps that a call or a reply must contain, and the order they come in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from scriptlint.language import Compiler, Match, Matcher, Node, Passage, words_of
from scriptlint.model.document import Role, Scope
from scriptlint.model.record import dataclass
from scriptlint.model.rule import Unit
from scriptlint.model.span import Span
from scriptlint.yamltree import Mapping, Scalar
from scriptlint.yamltree import Node as Tree
from scriptlint.yamltree import Sequence as Listed

_PATTERNS = {
    "anyOf": [
        {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
        {"type": "string", "minLength": 1},
    ]
}
SCHEMA = {
    "description": "Steps that must be there (check: missing) or come in this order (check: order).",
    "type": "object",
    "properties": {
        "check": {"enum": ["missing", "order"]},
        "when": {**_PATTERNS, "description": "Words that make it a text of this sort."},
        "steps": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {
                    "name": {
                        "type": "object",
                        "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
                        "required": ["zh", "en"],
                        "additionalProperties": False,
                    },
                    "say": _PATTERNS,
                },
                "required": ["name", "say"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["check", "when", "steps"],
    "additionalProperties": False,
}
_Place = tuple[int, Span]
"""A view of the passage and a span in its folded text."""


@dataclass(frozen=True, slots=True)
class _Step:
    zh: str
    en: str
    say: Sequence[Node]


def build(params: Tree, compiler: Compiler) -> Matcher:
    """A matcher that yields, once for a document, the steps that are missing, or the first that comes too early.

    ``missing`` points at the words that make the text one of this sort and gives ``{steps}`` and ``{steps_en}``;
    ``order`` points at the step that comes too early and gives ``{step}`` and ``{after}``, also with ``_en``.
    """
    assert isinstance(params, Mapping)
    check = params.get("check")
    assert isinstance(check, Scalar)
    when = compiler.patterns(words_of(params.get("when")))
    listed = params.get("steps")
    steps = tuple(_step(item, compiler) for item in listed.items) if isinstance(listed, Listed) else ()

    def find(passage: Passage) -> Iterator[Match]:
        trigger = _first(passage, when)
        if trigger is None:
            return
        places = [_first(passage, step.say) for step in steps]
        if check.text == "missing":
            yield from _missing(passage, trigger, steps, places)
        else:
            yield from _early(passage, steps, places)

    return Matcher(find, compiler.literals(when), unit=Unit.DOCUMENT, whole=True)


def _step(node: Tree, compiler: Compiler) -> _Step:
    assert isinstance(node, Mapping)
    name = node.get("name")
    zh, en = (
        text.text if isinstance(name, Mapping) and isinstance(text := name.get(lang), Scalar) else ""
        for lang in ("zh", "en")
    )
    return _Step(zh, en, compiler.patterns(words_of(node.get("say")), rule=False))


def _first(passage: Passage, nodes: Sequence[Node]) -> _Place | None:
    """The first place where the institution says one of these; what a customer says is no step."""
    for index, view in enumerate(passage.views):
        if view.segment.role is Role.CUSTOMER or view.segment.scope is Scope.COMMENT:
            continue
        hits = [hit for node in view.possible(nodes) for hit in view.hits(node).all]
        if hits:
            first = min(hits)
            return index, Span(first.start, first.end)
    return None


def _missing(
    passage: Passage, trigger: _Place, steps: Sequence[_Step], places: Sequence[_Place | None]
) -> Iterator[Match]:
    absent = [step for step, place in zip(steps, places, strict=True) if place is None]
    if absent:
        index, span = trigger
        values = {"steps": "、".join(step.zh for step in absent), "steps_en": ", ".join(step.en for step in absent)}
        yield Match(index, passage.views[index].to_text(span), values=values)


def _early(passage: Passage, steps: Sequence[_Step], places: Sequence[_Place | None]) -> Iterator[Match]:
    """The first thing said before a step that should have come first."""
    said = [(step, place) for step, place in zip(steps, places, strict=True) if place is not None]
    early = [(place, step, due, before) for (before, due), (step, place) in pairwise(said) if place < due]
    if early:
        (index, span), step, due, before = min(early, key=lambda pair: pair[0])
        values = {"step": step.zh, "step_en": step.en, "after": before.zh, "after_en": before.en}
        related = ((due[0], passage.views[due[0]].to_text(due[1]), before.zh),)
        yield Match(index, passage.views[index].to_text(span), values=values, related=related)
