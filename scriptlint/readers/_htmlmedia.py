"""Pictures, films and frames of a page: which of them may hold words that nobody read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from scriptlint.model.document import Unread
from scriptlint.model.lazy import lazy_re
from scriptlint.model.span import Span

_ICON = 64.0
"""Pixels up to which a picture is an icon, a logo or a spacer."""
_LARGE = 200.0
"""Pixels from which a picture is none, even when it says that it is mere decoration."""
_SMALL_DATA = 3_000
"""Characters of a picture written into the page itself, up to which it is an icon."""
_ICON_NAME = lazy_re(
    r"(?:^|[^a-z])(?:ico|icons?|logo|avatar|arrow|spacer|blank|pixel|sprite|loading|bullet|badge|shields|btn|emoji|favicon)"
    r"(?:[^a-z]|$)",
    re.IGNORECASE,
)
_NO_WORDS = lazy_re(
    r"(?:图片?|图像|照片|海报|截图|插图|配图|banner|image|img|picture|photo|poster|pic|untitled|null|undefined)?[\s\d_.-]*"
    r"|[^\s]+\.(?:png|jpe?g|gif|webp|bmp|svg)",
    re.IGNORECASE,
)
_PIXELS = lazy_re(r"\s*([0-9]{1,5}(?:\.[0-9]+)?)\s*(?:px)?\s*$")
_MOST = 10


class Picture(Enum):
    """What to make of a picture."""

    WORDS = "its words are read in its place"
    SMALL = "an icon, a logo, a spacer"
    UNREAD = "it may hold words"


def picture(given: Mapping[str, str], style: Mapping[str, str]) -> Picture:
    """Judge a picture by its alternative text, size and name. Keys are attributes in lower case."""
    alt = given.get("alt")
    if alt and not _NO_WORDS.fullmatch(alt.strip()):
        return Picture.WORDS
    sides = [_pixels(source.get(name, "")) for source in (given, style) for name in ("width", "height")]
    known = [side for side in sides if side is not None]
    if known and min(known) <= _ICON:
        return Picture.SMALL
    if known and max(known) >= _LARGE:
        return Picture.UNREAD
    address = given.get("src") or given.get("data-src") or given.get("href") or given.get("xlink:href") or ""
    if address.startswith("data:") and len(address) <= _SMALL_DATA:
        return Picture.SMALL
    if alt is not None and not alt.strip() and "alt" in given:
        return Picture.SMALL
    name = address.split("?")[0] if not address.startswith("data:") else ""
    return Picture.SMALL if _ICON_NAME.search(name[-200:]) else Picture.UNREAD


def is_tiny(given: Mapping[str, str], style: Mapping[str, str]) -> bool:
    """True for a frame or film nobody sees, such as one that only counts visitors."""
    sides = [_pixels(source.get(name, "")) for source in (given, style) for name in ("width", "height")]
    return any(side is not None and side <= 2 for side in sides)


def _pixels(value: str) -> float | None:
    match = _PIXELS.match(value)
    return float(match[1]) if match else None


class MediaLog:
    """Gathers what was not read, so that a page of two hundred pictures gives no two hundred lines."""

    def __init__(self, small: frozenset[str] = frozenset()) -> None:
        """``small`` are the addresses of pictures known to be icons by their size in bytes."""
        self.icons = small
        self._unread: list[Unread] = []
        self._more: dict[str, int] = {}
        self._small = 0
        self._canvases = 0
        self._backgrounds = 0
        self.stylesheets = 0
        """Stylesheets that stand in files of their own."""

    def tell(self, span: Span | None, what: str) -> None:
        """Something that may hold words was not read."""
        if sum(part.reason == what for part in self._unread) < _MOST:
            self._unread.append(Unread(span, what))
        else:
            self._more[what] = self._more.get(what, 0) + 1

    def picture(self, given: Mapping[str, str], style: Mapping[str, str], span: Span | None) -> None:
        """A picture: it has words, is small, or was not read."""
        judged = picture(given, style)
        if judged is Picture.UNREAD and given.get("src") in self.icons:
            judged = Picture.SMALL
        if judged is Picture.UNREAD:
            self.tell(span, "a picture without words for it")
        elif judged is Picture.SMALL:
            self._small += 1

    def canvas(self) -> None:
        """A surface a script draws on."""
        self._canvases += 1

    def background(self) -> None:
        """A picture behind text."""
        self._backgrounds += 1

    def take(self, inner: MediaLog) -> None:
        """Count what a part of the page counted; what it did not read it tells itself."""
        self._small += inner._small
        self._canvases += inner._canvases
        self._backgrounds += inner._backgrounds
        self.stylesheets += inner.stylesheets

    def unread(self) -> list[Unread]:
        """What was told, and how many more of a kind there are."""
        more = [Unread(None, f"{count} more of this kind: {what}") for what, count in self._more.items()]
        return [*self._unread, *more]

    def notes(self) -> list[str]:
        """What a person should know of a page."""
        found: list[str] = []
        if self._small:
            found.append(f"pictures not looked at because they are small, icons or decoration: {self._small}")
        if self._backgrounds:
            found.append(f"background pictures not looked at: {self._backgrounds}")
        if self._canvases:
            found.append(f"surfaces a script draws on, not looked at: {self._canvases}")
        if self.stylesheets:
            found.append("what stylesheets in other files hide is taken for shown")
        return found
