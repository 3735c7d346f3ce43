"""Masked numbers: does the mask hide enough, and do two masks together show what each of them hides?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scriptlint.language.entities.documents import ID_WORDS
from scriptlint.language.entities.gate import MASKED as MASK
from scriptlint.language.entities.line import Confidence, Entity, Line, words
from scriptlint.language.entities.numbers import CARD_WORDS
from scriptlint.language.entities.people import birth_dates
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass

_TOKEN = lazy_re(rf"(?<![0-9A-Za-z{MASK}])[0-9{MASK}](?:[ -]?[0-9{MASK}]){{9,20}}(?![0-9A-Za-z{MASK}]|\.[0-9])")
_PASSPORT = lazy_re(rf"(?<![0-9A-Za-z{MASK}])[A-Z][A-Z0-9{MASK}][0-9{MASK}]{{7}}(?![0-9A-Za-z{MASK}])")
_EMAIL = lazy_re(
    rf"(?<![A-Za-z0-9._%+{MASK}-])([A-Za-z0-9._{MASK}-]{{2,40}})@(?:[A-Za-z0-9-]{{1,40}}\.){{1,5}}[A-Za-z]{{2,18}}"
)
_PLATE = lazy_re(
    rf"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?([A-Z0-9{MASK}]{{5,6}})(?![A-Za-z0-9{MASK}])"
)
_TAIL = lazy_re(r"(?:尾号|后四位|末四位|last four|ending in)(?:是|为|:|\s){0,2}([0-9]{5,10})(?![0-9])", re.IGNORECASE)
_PASSPORT_WORDS = words("护照", "passport")
_PHONE_WORDS = words("手机", "电话", "号码", "mobile", "phone")
_AGE = lazy_re(r"(?<![0-9])[1-9][0-9]岁|(?:19|20)[0-9]{2}年(?:生|出生)")


@dataclass(frozen=True, slots=True)
class Masked:
    """A number with mask characters in it: ``text`` has ``*`` for every one of them and no separators."""

    start: int
    end: int
    text: str

    @property
    def visible(self) -> int:
        """How many characters can be read."""
        return len(self.text) - self.text.count("*")


def masked_numbers(line: Line) -> Iterator[Masked]:
    """Numbers of which at least one character is hidden and one can be read."""
    for found in _TOKEN.finditer(line.bare):
        raw = re.sub("[ -]", "", found[0])
        # The last character of an identity number may be an X that hides nothing.
        ends_in_check = len(raw) == 18 and raw[-1] in "xX" and raw[16] not in MASK
        text = re.sub(f"[{MASK}]", "*", raw)
        if ends_in_check:
            text = text[:-1] + "X"
        if "*" in text and re.search("[0-9]", text):
            yield Masked(*found.span(), text)


def insufficient(line: Line) -> Iterator[Entity]:
    """Numbers and addresses masked so little that few candidates are left."""
    for masked in masked_numbers(line):
        if _shows_too_much(line, masked):
            yield _entity("weak_mask", masked.start, masked.end, masked.text)
    for found in _PASSPORT.finditer(line.bare):
        hidden = sum(char in MASK for char in found[0])
        if 0 < hidden < 4 and line.near(_PASSPORT_WORDS, *found.span()):
            yield _entity("weak_mask", *found.span(), found[0])
    for found in _EMAIL.finditer(line.bare):
        hidden = sum(char in "*•●×✱" for char in found[1])
        if hidden == 1 and len(found[1]) > 3:
            yield _entity("weak_mask", *found.span(), found[0])
    for found in _PLATE.finditer(line.bare):
        if 0 < sum(char in "*×✱•●○■█" for char in found[1]) < 3:
            yield _entity("weak_mask", *found.span(), found[0])
    for found in _TAIL.finditer(line.bare):
        yield _entity("weak_mask", *found.span(1), found[1])


def _entity(kind: str, start: int, end: int, text: str) -> Entity:
    return Entity(kind, start, end, "*" * len(text), Confidence.MEDIUM)


def _shows_too_much(line: Line, masked: Masked) -> bool:
    text, hidden = masked.text, masked.text.count("*")
    near_id = line.near(ID_WORDS, masked.start, masked.end, 14, 0)
    if len(text) == 11 and re.match(r"1[3-9*]", text):
        return hidden < 4 and (text[:3].isdigit() or line.near(_PHONE_WORDS, masked.start, masked.end, 12, 0))
    if len(text) == 18 and (near_id or re.match(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}", text)):
        return re.search("[0-9]", text[6:14]) is not None or masked.visible > 10
    if 15 <= len(text) <= 19 and not near_id:
        said = line.near(CARD_WORDS, masked.start, masked.end, 12, 0)
        return (said or text[0] in "3456") and masked.visible > (12 if len(text) == 19 else 10)
    return False


def revealing(line: Line) -> Iterator[Entity]:
    """Masks that another part of the same text undoes: a second mask, a date of birth, an age."""
    numbers = list(masked_numbers(line))
    for one, other in complementary([masked.text for masked in numbers]):
        for index in (one, other):
            masked = numbers[index]
            yield _entity("undone_mask", masked.start, masked.end, masked.text)
    born = next(birth_dates(line), None) is not None or _AGE.search(line.flat) is not None
    for masked in numbers:
        open_ends = len(masked.text) == 18 and "*" not in masked.text[:6] and masked.text[-4:].rstrip("X").isdigit()
        if born and open_ends and line.near(ID_WORDS, masked.start, masked.end, 14, 0):
            yield _entity("undone_mask", masked.start, masked.end, masked.text)


def complementary(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of masked numbers that agree wherever both can be read and together show more than a mask may."""
    for first, one in enumerate(texts):
        for second in range(first + 1, len(texts)):
            other = texts[second]
            if len(one) != len(other) or one == other:
                continue
            pairs = list(zip(one, other, strict=True))
            if any(a != b and "*" not in (a, b) for a, b in pairs):
                continue
            # Two numbers that share no readable place may belong to two people.
            together = sum(not a == b == "*" for a, b in pairs)
            if together > max(10, len(one) - 4) and together > 10:
                yield first, second
