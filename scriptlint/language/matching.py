"""What passes between the engine and the verbs: passages in, matches out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from scriptlint.language.view import TextView
from scriptlint.model.context import Context
from scriptlint.model.finding import Tier
from scriptlint.model.record import dataclass, field
from scriptlint.model.rule import Unit
from scriptlint.model.span import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Segments as one rule sees them at once: one, a section's, or the whole document's."""

    views: Sequence[TextView]
    context: Context


class Change(NamedTuple):
    """A change of the text of one segment: ``text`` in place of a span."""

    segment: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A way to put a match right, before anybody knows how the file writes it."""

    tier: Tier
    changes: tuple[Change, ...]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a verb found in one segment, with no knowledge of files, levels or wording.

    ``span`` and ``gaps`` count in the text of the segment, ``segment`` in the views of the passage. ``values``
    fill the placeholders of the rule's message beside ``match``. ``shown`` stands wherever the words would be
    printed, when they are personal data.
    """

    segment: int
    span: Span
    gaps: tuple[Span, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    shown: str | None = None
    related: tuple[tuple[int, Span, str], ...] = ()
    """Other places that belong to it: (segment, span, note)."""
    suggest: str = ""
    """A suggestion better than the rule's, where the verb knows one."""
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Matcher:
    """A verb bound to its parameters.

    ``literals`` are folded literals of which a match must contain at least one; None means that the rule looks
    at every passage. They serve to make the index of a rule set; a rule set from the cache has its index already.
    """

    find: Callable[[Passage], Iterator[Match]]
    literals: frozenset[str] | None = None
    unit: Unit = Unit.SEGMENT
    whole: bool = False
    """True when a match may come of an edit elsewhere in the document: something is missing, or out of order."""
    signs: str = ""
    """Characters of which one must stand in the folded text of a segment, for verbs that need no literal."""
    guarded: bool = False
    """True when the default guards of the pack hold for this verb."""
    once: bool = False
    """True when one finding for each passage is enough: the first match that no guard clears."""
