"""The entries of a list in nested data, read one after the other; those of a recording may go on in one sentence."""

from __future__ import annotations

from typing import Protocol

from scriptlint.model.document import Scope
from scriptlint.model.record import replace
from scriptlint.readers import _recordings
from scriptlint.readers._blocks import Block
from scriptlint.readers._lines import ends_sentence
from scriptlint.readers._place import Place
from scriptlint.readers._prose import glue, together
from scriptlint.readers._recordings import Moment, Timing
from scriptlint.readers._tree import Fields, Node

_PAUSE = 1.5
"""Seconds of silence after which a speaker says something new."""
_LONGEST = 300
"""Characters of what one speaker says that are put together without a full stop."""


class Walker(Protocol):
    """What goes through nested data and writes down its blocks."""

    blocks: list[Block]
    records: int

    def node(self, node: Node, place: Place) -> None:
        """Read a value with all that stands in it."""


class Entries:
    """The entries of a list, one after the other; those of a recording have a time and may go on in one sentence."""

    def __init__(self, walker: Walker, place: Place, timing: Timing | None, *, named: bool = True) -> None:
        self._walker = walker
        self._place = place
        self._timing = timing
        self._named = named
        self._number = 0
        self._before: tuple[int, str | None, Moment] | None = None

    def take(self, item: Node) -> None:
        """Read the next entry."""
        walker = self._walker
        walker.records += 1
        if self._named:
            place = self._place.inside(str(self._number), record=walker.records)
        else:
            place = Place(record=walker.records)
        self._number += 1
        moment = self._timing.of(item) if self._timing else None
        if moment is None or not isinstance(item, Fields):
            self._before = None
            walker.node(item, place)
            return
        first = len(walker.blocks)
        walker.node(item, place.at(moment.shown))
        self._before = self._joined(first, _recordings.speaker(item), moment)

    def _joined(self, first: int, who: str | None, moment: Moment) -> tuple[int, str | None, Moment] | None:
        """Put what was just read to the entry before it, when that broke off and the same speaker goes on."""
        blocks = self._walker.blocks
        turns = [index for index in range(first, len(blocks)) if blocks[index].scope is Scope.TURN]
        if len(turns) != 1:
            return None
        if self._before is None or len(blocks) != first + 1 or self._before[0] != first - 1:
            return turns[0], who, moment
        earlier, here = blocks[first - 1], blocks[first]
        _, speaker, last = self._before
        goes_on = (
            speaker == who
            and here.role == earlier.role
            and last.end is not None
            and moment.start - last.end <= _PAUSE
            and not ends_sentence(earlier.prose.text.strip())
            and len(earlier.prose.text) + len(here.prose.text) <= _LONGEST
            and earlier.prose.source().end <= here.prose.source().start
        )
        if not goes_on:
            return first, who, moment
        between = glue(earlier.prose.text.rstrip(), here.prose.text.lstrip())
        blocks[first - 1] = replace(earlier, prose=together(earlier.prose, here.prose, between))
        del blocks[first]
        return first - 1, who, moment
