"""How wide text stands on a terminal, and the part of a long line that fits around a finding."""

from __future__ import annotations

from unicodedata import category, east_asian_width

from scriptlint.model.record import dataclass

ELLIPSIS = "…"
_STAND_IN = "·"  # for characters that would not be seen or would move the cursor; GBK has it
_TAB = "    "


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line fit to be shown, with the columns before the marked words and the columns they take."""

    text: str
    before: int
    marked: int


def width(text: str) -> int:
    """How many columns a text takes: two for a Han character or an emoji, none for an accent."""
    return sum(map(_char_width, text))


def excerpt(line: str, start: int, length: int, room: int = 80, *, cut: bool = False) -> Excerpt:
    """Show the characters from ``start`` marked in their line, cut to about ``room`` columns around them.

    Cut ends show as an ellipsis; ``cut`` says that the line has lost its beginning already. Tabs become spaces and invisible characters a middle dot, so that the
    marks below stand where they should.
    """
    start = min(max(start, 0), len(line))
    end = min(start + length, len(line))
    lead, marked, rest = _visible(line[:start]), _visible(line[start:end]), _visible(line[end:])
    if cut:
        lead = ELLIPSIS + lead
    if width(marked) > room:
        marked = _fitting(marked, room - 1) + ELLIPSIS
        rest = ""
    spare = max(room - width(marked), 0)
    if width(lead) + width(rest) > spare:
        before = max(spare // 2, spare - width(rest))
        if width(lead) > before:
            lead = ELLIPSIS + _fitting(lead[::-1], before - 1)[::-1]
        after = spare - width(lead)
        if width(rest) > after:
            rest = _fitting(rest, after - 1) + ELLIPSIS
    return Excerpt(lead + marked + rest, width(lead), max(width(marked), 1))


def _char_width(char: str) -> int:
    if category(char) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def _visible(text: str) -> str:
    return "".join(
        _TAB if char == "\t" else _STAND_IN if category(char) in ("Cc", "Cf", "Zl", "Zp", "Cs") else char
        for char in text
    )


def _fitting(text: str, room: int) -> str:
    taken = 0
    for index, char in enumerate(text):
        taken += _char_width(char)
        if taken > room:
            return text[:index]
    return text
