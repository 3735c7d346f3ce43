"""How visible the text of an HTML element is: hidden, tiny, or of the colour of its background."""

from __future__ import annotations

from collections.abc import Mapping

from scriptlint.model.document import Prominence
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, replace
from scriptlint.readers._css import Declarations

Colour = tuple[int, int, int]

_POINTS_PER_PIXEL = 0.75
_NORMAL = 12.0
"""Points of text of which nothing is said: 16 pixels."""
_FONT_SIZES = {"1": 7.5, "2": 9.75, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}
_WORD_SIZES = {
    "xx-small": 6.75,
    "x-small": 7.5,
    "small": 9.75,
    "medium": 12.0,
    "large": 13.5,
    "x-large": 18.0,
    "xx-large": 24.0,
}
_SIZE = lazy_re(r"(?<![\w.-])([0-9]{0,4}(?:\.[0-9]{1,4})?)(px|pt|r?em|%)(?![\w])")
_ZERO = lazy_re(r"0(?:px|pt|r?em|%)?$")
_LENGTH = lazy_re(r"(-?[0-9]{1,6}(?:\.[0-9]{1,3})?)(?:px|pt|r?em|vw|%)?$")
_NUMBERS = lazy_re(r"[0-9]{1,3}(?:\.[0-9]{1,4})?%?")
_HEX = lazy_re(r"#([0-9a-f]{3,8})$")
_CLIPPED = lazy_re(r"rect\(\s*(?:0|1px)|inset\(\s*(?:50|100)%|circle\(\s*0")
_NAMES = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "red": (255, 0, 0),
    "green": (0, 128, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "orange": (255, 165, 0),
    "gold": (255, 215, 0),
    "navy": (0, 0, 128),
    "purple": (128, 0, 128),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245),
    "lightgray": (211, 211, 211),
    "lightgrey": (211, 211, 211),
    "darkgray": (169, 169, 169),
}
_ALIKE = 12
"""Steps of 255 by which text may differ from its background in each colour and still not be seen."""
_FAR = -900
"""Pixels beside the page from which nobody scrolls there."""
_SMALLEST = 1.0
"""Points below which text is a line at most."""
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of how an element looks. ``background`` is None where it may be a picture or anything."""

    size: float | None = None
    gone: bool = False
    """Not shown, whatever the elements inside say."""
    unseen: bool = False
    """Not shown unless an element inside says otherwise."""
    colour: str = ""
    background: Colour | None = WHITE

    @property
    def hidden(self) -> bool:
        """True when nobody sees the text."""
        if self.gone or self.unseen or (self.size is not None and self.size < _SMALLEST):
            return True
        if not self.colour:
            return False
        if self.colour == "transparent":
            return True
        own = colour_of(self.colour)
        return (
            own is not None
            and self.background is not None
            and all(abs(a - b) <= _ALIKE for a, b in zip(own, self.background, strict=True))
        )

    @property
    def prominence(self) -> Prominence | None:
        """The same as segments carry it; None when nothing is said."""
        if self.size is None and not self.colour and not self.hidden:
            return None
        behind = None if self.background == WHITE else "" if self.background is None else _hex(self.background)
        return Prominence(self.size, self.hidden, self.colour or None, behind)


def hints(tag: str, given: Mapping[str, str]) -> dict[str, str]:
    """What old attributes say (``<font size=1 color=white>``, ``bgcolor``), as declarations."""
    found: dict[str, str] = {}
    if tag == "font":
        size = given.get("size", "").strip()
        if size.lstrip("+-") in _FONT_SIZES:
            step = 3 + int(size) if size[0] in "+-" else int(size)
            found["font-size"] = f"{_FONT_SIZES[str(min(max(step, 1), 7))]}pt"
        if given.get("color"):
            found["color"] = given["color"].strip().lower()
    elif tag == "small":
        found["font-size"] = "smaller"
    if given.get("bgcolor"):
        found["background-color"] = given["bgcolor"].strip().lower()
    if given.get("background"):
        found["background-image"] = "url(x)"
    return found


def look(outer: Look, style: Declarations) -> Look:
    """How an element looks, from what is declared for it and how the element around it looks."""
    if not style:
        return outer
    result = outer
    if _is_gone(style):
        result = replace(result, gone=True)
    visibility = style.get("visibility", "")
    if visibility:
        result = replace(result, unseen=visibility in ("hidden", "collapse"))
    size = _size(style.get("font-size") or style.get("font", ""), outer.size)
    if size is not None:
        result = replace(result, size=size)
    if style.get("color", "inherit") not in ("inherit", "currentcolor"):
        result = replace(result, colour=_written(style["color"]))
    painted = style.get("background-color") or style.get("background", "")
    if "url(" in style.get("background-image", "") + painted or "gradient" in str(style.values()):
        return replace(result, background=None)
    if painted and not painted.startswith(("transparent", "none", "inherit", "initial")):
        result = replace(result, background=colour_of(painted) or colour_of(painted.split()[0]))
    return result


def _is_gone(style: Declarations) -> bool:
    if style.get("display") == "none":
        return True
    opacity = _number(style.get("opacity", ""))
    if opacity is not None and opacity <= 0.05:
        return True
    if (_number(style.get("text-indent", "")) or 0) <= _FAR or "scale(0)" in style.get("transform", ""):
        return True
    if style.get("position") in ("absolute", "fixed") and any(
        (_number(style.get(side, "")) or 0) <= _FAR for side in ("left", "right", "top")
    ):
        return True
    if _CLIPPED.match(style.get("clip", "")) or _CLIPPED.match(style.get("clip-path", "")):
        return True
    sides = [style.get(name, "") for name in ("height", "width", "max-height", "max-width")]
    return style.get("overflow", "").startswith("hidden") and any(side in ("0", "0px", "1px") for side in sides)


def _number(value: str) -> float | None:
    match = _LENGTH.match(value)
    return float(match[1]) if match else None


def _size(value: str, outer: float | None) -> float | None:
    """A font size in points; None where it is not said or cannot be known."""
    if "(" in value:  # calc, var, clamp: nobody knows without a browser
        return None
    word = value.split(" ")[0] if value else ""
    if word in _WORD_SIZES:
        return _WORD_SIZES[word]
    if word in ("smaller", "larger"):
        return round((outer or _NORMAL) * (5 / 6 if word == "smaller" else 1.2), 2)
    if _ZERO.match(word):
        return 0.0
    match = _SIZE.search(value)
    if match is None or match[1] in ("", "."):
        return None
    number = float(match[1])
    if match[2] == "px":
        return round(number * _POINTS_PER_PIXEL, 2)
    if match[2] == "pt":
        return number
    if match[2] == "rem":
        return round(number * _NORMAL, 2)
    return round(number * (outer or _NORMAL) / (100 if match[2] == "%" else 1), 2)


def colour_of(value: str) -> Colour | None:
    """A colour as red, green and blue; None when it is not known."""
    value = value.strip()
    if value in _NAMES:
        return _NAMES[value]
    match = _HEX.match(value)
    if match and len(match[1]) in (3, 4, 6, 8):
        digits = match[1] if len(match[1]) >= 6 else "".join(digit * 2 for digit in match[1])
        return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if value.startswith(("rgb(", "rgba(")):
        numbers = _NUMBERS.findall(value)[:3]
        if len(numbers) == 3:
            red, green, blue = (
                int(float(number[:-1]) * 2.55) if number.endswith("%") else int(float(number)) for number in numbers
            )
            return min(red, 255), min(green, 255), min(blue, 255)
    return None


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _written(value: str) -> str:
    """A colour as declared; one that lets all through is transparent."""
    value = value.strip()[:40]
    if value.startswith("rgba("):
        numbers = _NUMBERS.findall(value)
        if len(numbers) == 4 and float(numbers[3].rstrip("%")) <= 0.05:
            return "transparent"
    return value
