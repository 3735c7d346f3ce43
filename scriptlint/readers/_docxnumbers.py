"""Numbers that Word writes before paragraphs itself. Most say nothing; some are words: ``问1：``, ``第三条``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.readers._docxstyles import VAL, W
from scriptlint.readers._ooxml import child, children, local

_PLACE = lazy_re("%([1-9])")
_WORDS = lazy_re(r"[^\W\d_]")
_HAN = lazy_re("[\u3400-\u9fff]")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class _Level:
    text: str = ""
    format: str = "decimal"
    suffix: str = "tab"
    start: int = 1


class Numbering:
    """The lists of one document, and how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, Mapping[int, _Level]] = {}
        self._lists: dict[str, tuple[str, Mapping[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self.pictures = 0
        """Pictures used as bullets."""
        for element in children(root) if root is not None else ():
            match local(element):
                case "abstractNum":
                    levels = (_level(entry) for entry in children(element) if local(entry) == "lvl")
                    self._levels[element.get(W + "abstractNumId", "")] = dict(levels)
                case "num":
                    kind = child(element, "abstractNumId")
                    changed = (child(entry, "lvl") for entry in children(element) if local(entry) == "lvlOverride")
                    own = dict(_level(entry) for entry in changed if entry is not None)
                    name = kind.get(VAL, "") if kind is not None else ""
                    self._lists[element.get(W + "numId", "")] = (name, own)
                case "numPicBullet":
                    self.pictures += 1

    def mark(self, number: tuple[str, int]) -> str:
        """What Word writes before the next paragraph of this list and level, if there are words in it; else nothing."""
        kind, own = self._lists.get(number[0], ("", {}))
        levels = {**self._levels.get(kind, {}), **own}
        if not levels:
            return ""
        depth = number[1]
        counts = self._counts.setdefault(kind, {})
        counts[depth] = counts.get(depth, levels.get(depth, _Level()).start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        level = levels.get(depth)
        words = _PLACE.sub("", level.text) if level else ""
        # Fonts of symbols draw letters as bullets, so only Han characters are words there.
        if level is None or not (_HAN if level.format == "bullet" else _WORDS).search(words):
            return ""

        def counted(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, _Level())
            return _written(counts.get(at, other.start), other.format)

        return _PLACE.sub(counted, level.text) + ("" if level.suffix == "nothing" else " ")


def _level(element: Element) -> tuple[int, _Level]:
    values = {local(entry): entry.get(VAL, "") for entry in children(element)}
    depth, start = element.get(W + "ilvl", "0"), values.get("start", "1")
    return (
        int(depth) if depth.isdecimal() and len(depth) == 1 else 0,
        _Level(
            values.get("lvlText", ""),
            values.get("numFmt", "decimal"),
            values.get("suff", "tab"),
            int(start) if start.isdecimal() and len(start) < 6 else 1,
        ),
    )


def _written(number: int, form: str) -> str:
    """A number as Word writes it; rare forms in digits, which say as much."""
    if ("chinese" in form.lower() or "ideograph" in form or "japanese" in form) and 0 < number < 100:
        tens, ones = divmod(number, 10)
        head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
        return head + (_DIGITS[ones] if ones or not tens else "")
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((65 if form == "upperLetter" else 97) + number - 1)
    return str(number)
