"""Words that put a text right when they are added to it: which, and behind what."""

from __future__ import annotations

from typing import Any

from scriptlint.language import Hit, Passage, TextView, words_of
from scriptlint.language.matching import Change, Repair
from scriptlint.model.context import PRODUCTS
from scriptlint.model.document import Role, Scope
from scriptlint.model.finding import Tier
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.model.span import Span
from scriptlint.verbs import _reach
from scriptlint.yamltree import Mapping, Node, Scalar, Sequence

_ONE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "text": {"type": "string", "minLength": 1},
        "place": {"enum": ["sentence", "segment"]},
        "product": {"type": "array", "items": {"enum": list(PRODUCTS)}, "minItems": 1},
    },
    "required": ["text"],
    "additionalProperties": False,
}
SCHEMA: dict[str, Any] = {
    "description": "The fixed wording that --unsafe-fixes adds: behind the sentence that makes it necessary, or at the"
    " end of its paragraph, cell or message (place: segment). Of several the first for a product of the text.",
    "anyOf": [{"type": "array", "items": _ONE, "minItems": 1}, _ONE, {"type": "string", "minLength": 1}],
}
_PROSE = frozenset((Scope.PARAGRAPH, Scope.LIST_ITEM, Scope.TURN))
_FIELDS = frozenset((Scope.TABLE_CELL, Scope.VALUE))
_SENTENCE = 12
"""Characters from which a cell or value holds a sentence; a rate or a name has no room for a warning."""
_STOPPED = lazy_re(r"[。！？!?；;…][”」』’\"')）】]*$")
_OPEN = lazy_re(r"[，,、]$")
_ANNOUNCES = lazy_re(r"[：:]$")
_RECORDED = lazy_re("录音|转写|通话记录|聊天记录|会话记录|听写")
_TIME = lazy_re(r"[0-9]{1,2}:[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Insert:
    """What is added, where, and to texts about what; without products to any."""

    text: str
    place: str = "sentence"
    products: tuple[str, ...] = ()


def read(node: Node | None) -> tuple[Insert, ...]:
    """The parameter of a rule."""
    if isinstance(node, Scalar):
        return (Insert(node.text),)
    if isinstance(node, Sequence):
        return tuple(insert for item in node.items for insert in read(item))
    if not isinstance(node, Mapping):
        return ()
    text, place = node.get("text"), node.get("place")
    assert isinstance(text, Scalar)
    products = tuple(words.text for words in words_of(node.get("product")))
    return (Insert(text.text, place.text if isinstance(place, Scalar) else "sentence", products),)


def repairs(passage: Passage, index: int, hit: Hit, inserts: tuple[Insert, ...]) -> tuple[Repair, ...]:
    """The text with the words in it; nothing where no place is right for them."""
    about = set(passage.context.values("product"))
    insert = next((each for each in inserts if not each.products or about & {*each.products}), None)
    if insert is None or _is_record(passage):
        return ()
    target = _target(passage, index)
    if target is None:
        return ()
    view = passage.views[target]
    text = view.segment.text
    at = len(text)
    if target == index and insert.place == "sentence":
        at = _sentence_end(view, hit)
    before = text[:at]
    if _ANNOUNCES.search(before):
        return ()
    # A sentence that was not finished is finished first; one that ends in a comma goes on.
    stop = "" if not before or _STOPPED.search(before) or _OPEN.search(before) else "。"
    words = f"{stop}{insert.text}"
    zh, en = f"加入“{insert.text}”", f"add “{insert.text}”"
    return (Repair(Tier.UNSAFE, (Change(target, Span(at, at), words),), zh, en),)


def _is_record(passage: Passage) -> bool:
    """True for what was really said: nothing may be put into anybody's mouth.

    It has times, or says what it is, or holds a turn of a customer in a record of its own. Scripts have the answer
    beside the question.
    """
    if any(_RECORDED.search(view.segment.text) for view in passage.views[:5]):
        return True
    spoken: dict[int | None, set[Role]] = {}
    for view in passage.views:
        segment = view.segment
        if segment.scope is Scope.TURN:
            if _TIME.search(segment.locator):
                return True
            spoken.setdefault(segment.record, set()).add(segment.role)
    return any(record is not None and roles == {Role.CUSTOMER} for record, roles in spoken.items())


def _target(passage: Passage, index: int) -> int | None:
    """The segment that takes the words: that of the claim, or below a heading or a figure in a table the next prose."""
    claim = passage.views[index].segment
    for other in range(index, min(index + 12, len(passage.views))):
        view = passage.views[other]
        segment = view.segment
        within = claim.section == segment.section[: len(claim.section)]
        if not within or (claim.scope in _FIELDS and claim.record != segment.record and claim.record is not None):
            return None
        if segment.role is not Role.CUSTOMER and not _reach.out_of_sight(view) and _takes_prose(view):
            return other
    return None


def _takes_prose(view: TextView) -> bool:
    segment = view.segment
    return segment.scope in _PROSE or (segment.scope in _FIELDS and len(segment.text) >= _SENTENCE)


def _sentence_end(view: TextView, hit: Hit) -> int:
    """The end of the sentence of a hit in the text of its segment, inside of quotation marks if it stands in some."""
    end = view.stops.sentence_end(max(hit.end - 1, hit.start))
    quotes = view.stops.in_quotes(Span(hit.start, hit.end))
    if quotes is not None:
        end = min(end, quotes.end - 1)
    end = len(view.folded[:end].rstrip())
    return view.to_text(Span(end - 1, end)).end if end else 0
