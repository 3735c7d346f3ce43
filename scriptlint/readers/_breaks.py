"""Line breaks that were made (``<br>``): which of them end something, and which only lay a phrase out."""

from __future__ import annotations

from itertools import pairwise

from scriptlint.model.lazy import lazy_re
from scriptlint.readers._lines import ends_sentence, starts_unit, width
from scriptlint.readers._prose import Prose, edited, glue

_GOES_ON_AFTER = "，、,（(《“‘—"
_GOES_ON_BEFORE = "，。、；：！？,.;:!?）)》”’"
_LONG = 28
"""Columns of a line that has been broken because it was full."""
_SCRAP = 2
"""Han characters too few to stand alone: 益 in 保证收⏎益."""
_STOP = lazy_re(r"[\s，。、；：！？,.;:!?]+")
_HAN = lazy_re("[\u3400-\u9fff]+")
_SENTENCE = lazy_re("[，。！？；]")


def goes_on(before: str, after: str, *, title: bool = False, pair: bool = False) -> bool:
    """True when a phrase goes on over a break; ``pair`` says that there are only these two lines.

    In a title it always does, in prose where nothing was ended; but not between things of their own, as in a list.
    """
    before, after = before.strip(), after.strip()
    if not before or not after:
        return False
    if after[0] in _GOES_ON_BEFORE or before[-1] in _GOES_ON_AFTER:
        return True
    if starts_unit(after) or ends_sentence(before):
        return False
    if title or width(before) >= _LONG:
        return True
    last, first = _STOP.split(before)[-1], _STOP.split(after)[0]
    if not _HAN.fullmatch(last) or not _HAN.match(first):
        return False
    return pair or bool(_SENTENCE.search(after)) or min(len(last), len(first)) <= _SCRAP


def rejoined(prose: Prose, *, title: bool = False) -> Prose:
    """Prose without those breaks over which a phrase goes on."""
    if "\n" not in prose.text:
        return prose
    edits: list[tuple[int, int, str]] = []
    lines = prose.text.split("\n")
    place = 0
    for before, after in pairwise(lines):
        place += len(before)
        if goes_on(before, after, title=title, pair=len(lines) == 2):
            edits.append((place, place + 1, glue(before.rstrip(), after.lstrip())))
        place += 1
    return edited(prose, edits)
