"""Colours of Office files as #rrggbb: written out, of a theme, or of the old palette, lighter or darker."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, field
from scriptlint.readers._ooxml import children, local

_HEX = lazy_re("[0-9A-Fa-f]{6}")
_THEME_ORDER = "lt1 dk1 lt2 dk2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink"
"""How Excel numbers the colours of a theme."""
_MAPPED = {"tx1": "dk1", "tx2": "dk2", "bg1": "lt1", "bg2": "lt2"}
_NAMED = {
    "black": "000000",
    "white": "ffffff",
    "red": "ff0000",
    "green": "008000",
    "blue": "0000ff",
    "yellow": "ffff00",
}
_BASIC = "000000 ffffff ff0000 00ff00 0000ff ffff00 ff00ff 00ffff "
_INDEXED = (
    _BASIC + _BASIC + "800000 008000 000080 808000 800080 008080 c0c0c0 808080 "
    "9999ff 993366 ffffcc ccffff 660066 ff8080 0066cc ccccff 000080 ff00ff ffff00 00ffff 800080 800000 008080 0000ff "
    "00ccff ccffff ccffcc ffff99 99ccff ff99cc cc99ff ffcc99 3366ff 33cccc 99cc00 ffcc00 ff9900 ff6600 666699 969696 "
    "003366 339966 003300 333300 993300 993366 333399 333333"
)
"""The palette of old workbooks, seven characters a colour."""
_ORDINARY = "dk1"
"""The theme's colour of ordinary text; it is no statement about how text looks."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme by name, without ``#``, and what a slide calls them (``bg1`` for ``lt1``)."""

    theme: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)

    def mapped(self, mapping: Mapping[str, str]) -> Palette:
        """The same theme under other names."""
        return Palette(self.theme, mapping)

    def named(self, name: str) -> str | None:
        """The colour a theme gives a name; None for one it does not have."""
        name = self.mapping.get(name) or _MAPPED.get(name, name)
        return self.theme.get(name)

    def drawing(self, holder: Element | None) -> str | None:
        """The colour inside an element such as ``a:solidFill``; None for ordinary text colour and for none."""
        if holder is None:
            return None
        for element in children(holder):
            kind, value = local(element), element.get("val", "")
            if kind == "schemeClr":
                plain = self.mapping.get(value) or _MAPPED.get(value, value)
                if plain == _ORDINARY and not len(element):
                    return None
                colour = self.theme.get(plain, "")
            elif kind == "sysClr":
                colour = element.get("lastClr", "")
            elif kind == "prstClr":
                colour = _NAMED.get(value, "")
            else:
                colour = value
            if _HEX.fullmatch(colour):
                return "#" + _modified(colour.lower(), element)
        return None

    def cell(self, element: Element | Mapping[str, str] | None) -> str | None:
        """The colour of a ``color``, ``fgColor`` … of a workbook; None for the ordinary one and for none."""
        if element is None or element.get("auto") in ("1", "true"):
            return None
        colour: str | None = None
        theme, index, rgb = element.get("theme"), element.get("indexed"), element.get("rgb")
        if rgb and _HEX.fullmatch(rgb[-6:]):
            colour = rgb[-6:].lower()
        elif theme and theme.isdecimal() and int(theme) < len(_THEME_ORDER.split()):
            name = _THEME_ORDER.split()[int(theme)]
            colour = self.theme.get(name)
            if name == _ORDINARY and not element.get("tint"):
                return None
        elif index and index.isdecimal():
            colour = _INDEXED[7 * int(index) :][:6] or None
        if colour is None:
            return None
        return "#" + _tinted(colour, number(element.get("tint"), 0.0))


def palette(theme: Element | None) -> Palette:
    """The colours of a theme part."""
    found: dict[str, str] = {}
    for scheme in theme.iter() if theme is not None else ():
        if local(scheme) != "clrScheme":
            continue
        for entry in children(scheme):
            for colour in children(entry):
                value = colour.get("lastClr") or colour.get("val") or ""
                if _HEX.fullmatch(value):
                    found[local(entry)] = value.lower()
        break
    return Palette(found)


def number(text: str | None, default: float) -> float:
    """A number of an attribute; ``default`` where there is none or no real one."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if abs(value) < 1e9 else default


def _modified(colour: str, element: Element) -> str:
    """Apply ``lumMod``, ``lumOff``, ``tint`` and ``shade`` as far as they bear on how light a colour is."""
    for change in children(element):
        share = min(max(number(change.get("val"), 100_000.0) / 100_000, 0.0), 2.0)
        match local(change):
            case "lumMod" | "shade":
                colour = _lightness(colour, share, 0.0)
            case "lumOff":
                colour = _lightness(colour, 1.0, share)
            case "tint":
                colour = _lightness(colour, share, 1 - share)
    return colour


def _tinted(colour: str, tint: float) -> str:
    if not tint:
        return colour
    tint = min(max(tint, -1.0), 1.0)
    return _lightness(colour, 1 + tint, 0.0) if tint < 0 else _lightness(colour, 1 - tint, tint)


def _lightness(colour: str, times: float, plus: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    rgb = colorsys.hls_to_rgb(hue, min(max(light * times + plus, 0.0), 1.0), saturation)
    return "".join(f"{round(part * 255):02x}" for part in rgb)
