"""What the characters of a PDF's fonts mean and how wide they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from pypdf.generic._font import Font

from scriptlint.model.record import dataclass

_PRIVATE = (0xE000, 0xF8FF)
_MOST_FONTS = 500
# Font tools write these for 子, 高 and others; no text means them as radicals.
_RADICALS = (0x2E80, 0x2FDF)
_SIMPLIFIED = {"⼾": "户", "⾭": "青", "⿈": "黄"}
"""Radicals that Unicode decomposes to the form of Traditional text, which no Simplified font draws."""
_COMPATIBILITY = ((0xF900, 0xFAFF), (0xFB00, 0xFB06))


class Shown(NamedTuple):
    """Text as drawn: characters, how many glyphs and blanks, the width in parts of the size, what was unknown."""

    text: str
    glyphs: int
    blanks: int
    width: float
    unknown: int


@dataclass(frozen=True, slots=True)
class TextFont:
    """A font that turns bytes into characters."""

    font: Font
    vertical: bool
    readable: bool
    """False when the font numbers its glyphs without saying which characters they are."""
    scale: float

    def read(self, shown: str | bytes) -> Shown:
        """What a string of a content stream shows."""
        font = self.font
        data = shown if isinstance(shown, bytes) else shown.encode("latin-1", errors="replace")
        if isinstance(font.encoding, str):
            codes = data.decode(font.encoding, errors="replace")
            characters = [font.character_map.get(code, code) for code in codes]
        else:
            codes = data.decode("latin-1")
            characters = [
                font.character_map.get(plain, plain) for plain in (font.encoding.get(byte, chr(byte)) for byte in data)
            ]
        width = sum(font.space_width if code == font.space_char else font.get_text_width(code) for code in codes)
        blanks = data.count(b" ") if not isinstance(font.encoding, str) else 0
        if not self.readable:
            return Shown("", len(codes), blanks, width * self.scale, len(codes))
        text = "".join(map(_plain, characters))
        return Shown(text, len(codes), blanks, width * self.scale, sum(map(_is_unknown, text)))


class FontBook:
    """The fonts of one file, each opened once."""

    def __init__(self) -> None:
        self._known: dict[Any, TextFont | None] = {}

    def of(self, resource: Any) -> TextFont | None:
        """The font of a resource; None when it is too broken to be used."""
        reference = getattr(resource, "indirect_reference", None)
        key = getattr(reference, "idnum", None) or id(resource)
        if key not in self._known and len(self._known) < _MOST_FONTS:
            self._known[key] = _opened(resource)
        return self._known.get(key)


def _opened(resource: Any) -> TextFont | None:
    font = Font.from_font_resource(resource)
    encoding = resource.get("/Encoding")
    name = encoding if isinstance(encoding, str) else ""
    by_number = resource.get("/Subtype") == "/Type0" and name.startswith("/Identity")
    readable = font.interpretable and not (by_number and not font.character_map)
    scale = 0.001
    if resource.get("/Subtype") == "/Type3" and "/FontMatrix" in resource:
        scale = abs(float(resource["/FontMatrix"][0])) or scale
    return TextFont(font, name.endswith("-V"), readable, scale)


@cache
def _radicals() -> Mapping[int, str]:
    from scriptlint.language.fold import radicals  # a table of three hundred, only for files that have one

    return radicals()


@cache
def _plain(character: str) -> str:
    """A character as people write it: radicals and compatibility forms are how font tools name common ones."""
    if len(character) != 1:
        return "".join(map(_plain, character)) if len(character) < 16 else ""
    code = ord(character)
    if _RADICALS[0] <= code <= _RADICALS[1]:
        known = _SIMPLIFIED.get(character) or unicodedata.normalize("NFKC", character)
        return known if known != character else _radicals().get(code, character)
    if any(first <= code <= last for first, last in _COMPATIBILITY):
        return unicodedata.normalize("NFKC", character)
    if character in "\t\r\n\x0b\x0c\xa0":
        return " "
    return "" if code < 32 or 0xD800 <= code <= 0xDFFF else character


def _is_unknown(character: str) -> bool:
    return character == "\ufffd" or _PRIVATE[0] <= ord(character) <= _PRIVATE[1]
