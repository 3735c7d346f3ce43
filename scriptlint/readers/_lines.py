"""How plain lines are laid out: bullets, headings, and lines that were wrapped by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from scriptlint.model.lazy import lazy_re
from scriptlint.model.span import Span, TextBuilder
from scriptlint.readers._prose import Prose, glue

_NUMERAL = "[一二三四五六七八九十百]{1,3}"
_BULLET = lazy_re(
    r"(?:[•·●○■□◆◇▪➢➤►▶]\s*|-(?=\s|[^\W\d_])\s*|[*+](?=\s)\s*"
    r"|[0-9]{1,2}(?:[.．](?![0-9])|[、)）])\s*|[(（][0-9]{1,2}[)）]\s*|[①-⑳]\s*"
    rf"|{_NUMERAL}、\s*|[(（]{_NUMERAL}[)）]\s*)(?=\S)"
)
_HASH = lazy_re(r"(#{1,6})[ \t\u3000]+(\S.*?)(?:[ \t]+#+)?$")
_BRACKETS = lazy_re(r"【([^【】]{1,30})】$")
_CHAPTER = lazy_re(rf"第(?:{_NUMERAL}|[0-9]{{1,2}})(?:章|节|部分|篇|讲|步)[ \t\u3000、:：]*(\S.*)$")
_NUMBERED = lazy_re(rf"(?:({_NUMERAL})、|[(（]{_NUMERAL}[)）])\s*(\S.*)$")
_STOPS = lazy_re("[,。!?;，！？；…]")
_ENDS_SENTENCE = lazy_re("[。!?;:.！？；：…][”」』\"')）\\]】]*$")
_OWN_UNIT = lazy_re(
    r"[*_]{0,3}(?:[^\s,，。！？；：:]{1,12}(?:：|:(?![0-9/]))|[【\[「]|[“\"]|[①-⑳]|[0-9]{1,2}[:：][0-9]{2}|[0-9]{1,2}\s+[^\W\d_])"
)
_WORD = lazy_re(r"[(（《“‘「『【]*(?:[!-~]+|.)[,.!?:;，。！？：；、）》”’」』】)]*", re.DOTALL)
_SHORT = 24


class PlainHeading(NamedTuple):
    """A heading in plain text: its style (``#``, ``【】``, ``一、``), its depth in that style, its words."""

    style: str
    level: int
    start: int
    end: int


def bullet(line: str) -> int:
    """How many characters the bullet or number of a list item takes; 0 when the line is none."""
    match = _BULLET.match(line)
    return match.end() if match else 0


def heading(line: str) -> PlainHeading | None:
    """The heading a stripped line is, if it is one."""
    match = _HASH.match(line)
    if match:
        return PlainHeading("#", len(match[1]), *match.span(2))
    match = _BRACKETS.match(line)
    if match:
        return PlainHeading("【】", 1, *match.span(1))
    if len(line) > _SHORT + 6 or _STOPS.search(line):
        return None
    match = _CHAPTER.match(line)
    if match:
        return PlainHeading("第", 1, *match.span(1))
    match = _NUMBERED.match(line)
    if match and len(match[2]) <= _SHORT:
        return PlainHeading("一、" if match[1] else "(一)", 1, *match.span(2))
    return None


def may_be_title(line: str) -> bool:
    """True for a short line that ends no sentence, as a title at the top of a text does."""
    # A first line with a long number may name a person; titles are repeated in reports.
    if sum(char.isdigit() for char in line) >= 7:
        return False
    return 2 <= len(line) <= 30 and not _STOPS.search(line) and line[-1] not in '：:、.”"』」' and "：" not in line


def width(text: str) -> int:
    """Columns a text takes on a screen, where a Han character takes two."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def ends_sentence(line: str) -> bool:
    """True when a line ends like a sentence."""
    return bool(_ENDS_SENTENCE.search(line))


def starts_unit(line: str) -> bool:
    """True when a line begins like something of its own: a label, a quotation, a number, a bracket."""
    return bool(_OWN_UNIT.match(line)) or bullet(line) > 0


def hard_wrapped(lines: Sequence[str]) -> bool:
    """True when these stripped lines are one paragraph broken by hand.

    All but the last are 28 to 120 columns wide, within 6 columns of each other, and end no sentence.
    """
    full = lines[:-1]
    if not full or any(ends_sentence(line) or starts_unit(line) for line in full[1:]):
        return False
    if ends_sentence(full[0]) or starts_unit(lines[-1]):
        return False
    widths = [width(line) for line in full]
    widest = max(widths)
    # Two lines alike in width are proof; one line is only if it is as long as people let a line become.
    if min(widths) < (28 if len(full) > 1 else 56) or widest > 120 or widest - min(widths) > 6:
        return False
    if width(lines[-1]) > widest:
        return False
    # An editor breaks a line only where the next word does not fit any more.
    return all(
        taken + width(_first_word(following)) > widest for taken, following in zip(widths, lines[1:], strict=True)
    )


def _first_word(line: str) -> str:
    match = _WORD.match(line)
    return match[0] if match else ""


def joined(source: str, lines: Sequence[Span], breaks: Sequence[str] | None = None) -> Prose:
    """Lines as one text. ``breaks`` says what stands for each line end; without it they are wraps."""
    out = TextBuilder(source)
    for index, line in enumerate(lines):
        if index:
            before = lines[index - 1]
            text = source[before.start : before.end], source[line.start : line.end]
            out.replace(Span(before.end, line.start), glue(*text) if breaks is None else breaks[index - 1])
        out.keep(line)
    return Prose(*out.build())
