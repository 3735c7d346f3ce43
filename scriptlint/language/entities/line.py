"""The text in which data is looked for: width folded one to one, hidden characters taken out, places kept."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache

from scriptlint.language.fold import table
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass

_HIDDEN = lazy_re("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
# What a template engine fills in, or a browser opens: digits inside are no numbers of people.
_FILLED_IN = lazy_re(r"\{\{[^{}\n]{1,80}\}\}|[$#%]\{[^{}\n]{1,80}\}|(?i:https?)://[!-~]{1,200}")


class Confidence(IntEnum):
    """How sure it is that the value is what it seems: by context alone, by shape and context, by a check digit."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


@dataclass(frozen=True, slots=True)
class Entity:
    """A run of text that is data about a person, a secret, or part of an internal system.

    ``shown`` may be printed anywhere: it never holds the value. ``start`` and ``end`` count code points.
    """

    kind: str
    start: int
    end: int
    shown: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Line:
    """One text as the finders see it. ``base`` is where the text itself begins behind the words put in front."""

    flat: str
    bare: str
    """``flat`` with placeholders and addresses struck out, of the same length."""
    base: int
    places: tuple[int, ...] | None
    """For each character its place in the original, when hidden characters were taken out."""
    spoken: bool
    """True for a transcript, where digits may be written as words."""

    def left(self, start: int, reach: int = 20) -> str:
        """What stands before a place."""
        return self.flat[max(start - reach, 0) : start]

    def right(self, end: int, reach: int = 8) -> str:
        """What stands behind a place."""
        return self.flat[end : end + reach]

    def near(self, words: re.Pattern[str], start: int, end: int, left: int = 20, right: int = 8) -> bool:
        """True when one of the words stands close by."""
        return words.search(self.left(start, left)) is not None or words.search(self.right(end, right)) is not None

    def original(self, offset: int) -> int:
        """A place in the text as it was given."""
        offset -= self.base
        return offset if self.places is None else self.places[offset]


@cache
def _widths() -> dict[int, str]:
    """Width and Traditional characters folded, case kept."""
    kept = {code: char for code, char in table().items() if not (65 <= code <= 90 or 0xFF21 <= code <= 0xFF3A)}
    kept.update({code: chr(code - 0xFEE0) for code in range(0xFF21, 0xFF3B)})
    return kept


def prepare(text: str, before: str = "", *, spoken: bool = False) -> Line:
    """Make a text ready. ``before`` is what was said or stands just before it; it counts as context only."""
    front = f"{before[-30:]}\n" if before else ""
    flat = text.translate(_widths())
    places: tuple[int, ...] | None = None
    if _HIDDEN.search(flat):
        places = tuple(index for index, char in enumerate(flat) if not _HIDDEN.match(char))
        flat = _HIDDEN.sub("", flat)
    flat = front.translate(_widths()) + flat
    bare = _FILLED_IN.sub(lambda found: "\x00" * len(found[0]), flat)
    return Line(flat, bare, len(front), places, spoken)


def words(*many: str) -> re.Pattern[str]:
    """A pattern for any of these words, in any case."""
    return lazy_re("|".join(many), re.IGNORECASE)


def stars(text: str) -> str:
    """As many stars as there are characters: the length is all that is told."""
    return "*" * len(text)
