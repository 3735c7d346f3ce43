"""Folding: the form of a text in which ways of writing the same words are the same.

Width, case, Traditional characters and radical forms are folded one to one, so places do not move. Characters
that only break words up (zero-width characters, a sign between every two Han characters) are taken out, and a
map carries places back. Patterns are folded by the same table, so rule authors may write either form.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from pathlib import Path

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.model.span import Span

HAN = "\u3400-\u4dbf\u4e00-\u9fff"

# Letters of other alphabets that are drawn like Latin ones.
_LOOK_ALIKE = dict(zip("аеорсухАВЕКМНОРСТХοαρνΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxabekmhopctxoapvabezhikmnoptyx", strict=True))

_UNSEEN = r"\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufe0e\ufe0f"
_DROPPED = lazy_re(
    rf"[{_UNSEEN}]+"
    # One or two signs between Han characters that no prose puts there.
    rf"|(?<=[{HAN}])[*·•._^☆★●◆`]{{1,2}}(?=[{HAN}])"
    # A space, stroke or dash beside a Han character that stands alone: 保 本, 稳/赚.
    rf"|(?<=[{HAN}])[ /\-]{{1,2}}(?=[{HAN}](?![{HAN}]))"
    rf"|(?<=(?<![{HAN}])[{HAN}])[ /\-]{{1,2}}(?=[{HAN}])"
)
# The same for any signs between any others than Latin letters: compiled in no time, and most texts have nothing of it.
_MAY_DROP = lazy_re(rf"[{_UNSEEN}]|[^\x00-\x7f][*·•._^☆★●◆` /\-]{{1,2}}[^\x00-\x7f]")


@cache
def table() -> dict[int, str]:
    """The one-to-one folding table, by code point."""
    mapping = {**_pairs("traditional.txt"), **radicals()}
    mapping.update({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
    mapping.update({code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
    mapping.update({code + 0xFEE0: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
    mapping.update({ord(key): value for key, value in _LOOK_ALIKE.items()})
    mapping.update(dict.fromkeys((0x3000, 0x00A0, 0x2002, 0x2003, 0x2009, 0x0009), " "))
    mapping.update({ord("﹪"): "%", ord("﹐"): ",", ord("﹔"): ";", ord("﹕"): ":", ord("﹖"): "?", ord("﹗"): "!"})
    return mapping


def radicals() -> dict[int, str]:
    """Radicals and compatibility forms, as font tools write them, and the common characters drawn the same."""
    return _pairs("radicals.txt")


def _pairs(name: str) -> dict[int, str]:
    lines = Path(__file__).with_name("data").joinpath(name).read_text(encoding="utf-8").split("\n")
    return dict(zip(map(ord, lines[0]), lines[1], strict=True))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. ``starts`` and ``shifts`` say by how much places moved from each run on."""

    text: str
    starts: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)

    def to_original(self, span: Span) -> Span:
        """Carry a span of the folded text back."""
        if len(self.starts) == 1:
            return span
        start = span.start + self.shifts[bisect_right(self.starts, span.start) - 1]
        if span.start == span.end:
            return Span(start, start)
        return Span(start, span.end + self.shifts[bisect_right(self.starts, span.end - 1) - 1])

    def from_original(self, span: Span) -> Span:
        """Carry a span of the original text here; dropped characters have no width."""
        if len(self.starts) == 1:
            return span
        return Span(self._place(span.start), max(self._place(span.start), self._place(span.end)))

    def _place(self, offset: int) -> int:
        originals = [start + shift for start, shift in zip(self.starts, self.shifts, strict=True)]
        index = max(bisect_right(originals, offset) - 1, 0)
        limit = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        return min(offset - self.shifts[index], limit)


def fold(text: str) -> Folded:
    """Fold a text. Its length shrinks only where characters that break words up are taken out."""
    flat = text.translate(table())
    dropped = [match.span() for match in _DROPPED.finditer(flat)] if _MAY_DROP.search(flat) else ()
    if not dropped:
        return Folded(flat)
    parts: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    position = length = 0
    for start, end in dropped:
        if start > position or not starts:
            starts.append(length)
            shifts.append(position - length)
            parts.append(flat[position:start])
            length += start - position
        position = end
    if position < len(flat):
        starts.append(length)
        shifts.append(position - length)
        parts.append(flat[position:])
    return Folded("".join(parts), tuple(starts), tuple(shifts))


def inserted(text: str) -> list[Span]:
    """Where characters stand in a text that only break words up."""
    flat = text.translate(table())
    return [Span(*match.span()) for match in _DROPPED.finditer(flat)] if _MAY_DROP.search(flat) else []


def fold_words(text: str) -> str:
    """Fold the words of a pattern: the table only, nothing is taken out."""
    return text.translate(table())
