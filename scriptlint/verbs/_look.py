"""How well words are seen: their size against that of the text, their colour against what is behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scriptlint.language import TextView
from scriptlint.model.document import Role, Scope
from scriptlint.model.lazy import lazy_re
from scriptlint.verbs import _reach

ORDINARY = 10.5
"""Points of text of which nothing is said: 五号, what Word begins a Chinese document with."""
_NAMES = {
    "white": "ffffff", "black": "000000", "red": "ff0000", "green": "008000", "blue": "0000ff", "yellow": "ffff00",
    "gray": "808080", "grey": "808080", "silver": "c0c0c0", "orange": "ffa500", "gold": "ffd700", "snow": "fffafa",
    "whitesmoke": "f5f5f5", "gainsboro": "dcdcdc", "lightgray": "d3d3d3", "lightgrey": "d3d3d3",
    "darkgray": "a9a9a9", "darkgrey": "a9a9a9", "dimgray": "696969", "dimgrey": "696969",
}  # fmt: skip
_HEX = lazy_re(r"#?([0-9a-f]{3,8})$")
_NUMBERS = lazy_re(r"rgba?\(\s*([0-9]{1,3})[\s,]+([0-9]{1,3})[\s,]+([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class Body:
    """How most of a document's text looks."""

    size: float
    contrast: float


def body(views: Iterable[TextView]) -> Body:
    """How most of the text looks that people see and that is no heading."""
    sizes: Counter[float] = Counter()
    contrasts: Counter[float] = Counter()
    for view in views:
        segment = view.segment
        if segment.scope in (Scope.COMMENT, Scope.HEADING) or segment.role is Role.CUSTOMER:
            continue
        if not _reach.out_of_sight(view):
            sizes[size(view) or ORDINARY] += len(segment.text)
            contrasts[contrast(view) or 21.0] += len(segment.text)
    if not sizes:
        return Body(ORDINARY, 21.0)
    return Body(sizes.most_common(1)[0][0], contrasts.most_common(1)[0][0])


def size(view: TextView) -> float | None:
    """The size of a segment in points, where it is known."""
    look = view.segment.prominence
    return look.size_pt if look is not None else None


def contrast(view: TextView) -> float | None:
    """The contrast of a segment's text to what is behind it, from 1 (none) to 21; None where it is not known."""
    look = view.segment.prominence
    if look is None or not look.colour or look.background == "":
        return None
    text, behind = _light(look.colour), _light(look.background or "#ffffff")
    if text is None or behind is None:
        return None
    return (max(text, behind) + 0.05) / (min(text, behind) + 0.05)


def _light(colour: str) -> float | None:
    """The relative luminance of a colour, as the web's accessibility guidelines reckon it."""
    name = colour.strip().lower()
    numbers = _NUMBERS.match(name)
    if numbers:
        parts = [min(int(part), 255) for part in numbers.groups()]
    else:
        match = _HEX.match(_NAMES.get(name, name))
        if match is None or len(match[1]) in (5, 7):
            return None
        digits = match[1] if len(match[1]) >= 6 else "".join(digit * 2 for digit in match[1])
        parts = [int(digits[place : place + 2], 16) for place in (0, 2, 4)]
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
