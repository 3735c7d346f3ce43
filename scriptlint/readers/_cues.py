"""Divides subtitles into cues, and puts together what several cues say in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scriptlint.model.document import Scope
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.model.span import Span, TextBuilder
from scriptlint.readers._blocks import Block, Reading
from scriptlint.readers._comments import line_comment
from scriptlint.readers._dialogue import Speakers
from scriptlint.readers._lines import ends_sentence
from scriptlint.readers._prose import Prose, copied, entities, glue, lines_of, trimmed
from scriptlint.readers._raw import SpeakerNames
from scriptlint.readers._times import clock

_MOMENT = r"(?:([0-9]{1,3})\s*[:：]\s*)?([0-9]{1,2})\s*[:：]\s*([0-9]{1,2})(?:\s*[.,，]\s*([0-9]{1,3}))?"
_TIMING = lazy_re(rf"{_MOMENT}\s*-{{1,3}}>\s*{_MOMENT}")
_NUMBER = lazy_re(r"[0-9]+\s*$")
_HEADER = lazy_re(r"WEBVTT(?![^\s])[ \t]*(?:-[ \t]*)?(.*)$")
_ASIDE = lazy_re(r"(?:STYLE|REGION)\s*$")
_NOTE = lazy_re(r"NOTE(?:\s+|$)")
_MARKUP = lazy_re(
    r"<v(?:\.[\w.]+)?[ \t]+(?P<voice>[^<>]{1,60})>"
    r"|<rt>[^<>]*</rt>|</?[a-zA-Z][^<>]*>|<[0-9:.]+>"  # styles, readings, times inside a cue
    r"|\{\\[^{}]*\}"  # {\an8}
    r"|\\[Nn]"
)
_DASH = lazy_re(r"[-–—]{1,2}\s*(?=\S)")
_HAN = lazy_re("[\u3400-\u9fff]")
_MARKS = lazy_re("[，。！？；,.!?;…]")
_PAUSE = 2.0
"""Seconds of silence after which something new is said."""
_LONGEST = 200
_LONGEST_BARE = 60
"""Characters put together where the subtitles have no punctuation that would end a sentence."""
_FEW = 0.2


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a cue: its place, when it is shown, the voice that says it."""

    span: Span
    start: float
    end: float
    first: bool
    """True for the first line of a cue."""


def reading(source: str, names: SpeakerNames) -> Reading:
    """The sentences of subtitles with the times they begin at, comments, and what no cue holds."""
    parser = _Parser(source)
    parser.parse()
    blocks = [*parser.beside, *_sentences(source, parser.lines, Speakers(names))]
    blocks.sort(key=lambda block: block.prose.source().start)
    return Reading(blocks, {})


class _Parser:
    """The state of one pass over the lines of a file."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines: list[_Line] = []
        self.beside: list[Block] = []
        self._time: tuple[float, float] | None = None

    def parse(self) -> None:
        """Read all lines; a blank line need not end a cue, and a number need not stand before one."""
        block: list[Span] = []
        for line in lines_of(self.source):
            inside = trimmed(self.source, line)
            if len(inside):
                block.append(inside)
            elif block:
                self._block(block)
                block = []
        if block:
            self._block(block)

    def _text(self, span: Span) -> str:
        return self.source[span.start : span.end]

    def _block(self, block: Sequence[Span]) -> None:
        first = self._text(block[0])
        header = _HEADER.match(first) if not self.lines and self._time is None else None
        if header:
            words = Span(*header.span(1)).shifted(block[0].start)
            if _HAN.search(header[1]):
                self.beside.append(Block(copied(self.source, words), Scope.HEADING))
            block = block[next((i for i, line in enumerate(block) if _TIMING.match(self._text(line))), len(block)) :]
        elif _NOTE.match(first):
            start = block[0].start + len("NOTE")
            self.beside.append(
                Block(copied(self.source, trimmed(self.source, Span(start, block[-1].end))), Scope.COMMENT)
            )
            return
        elif _ASIDE.match(first):
            return
        self._cues(block)

    def _cues(self, block: Sequence[Span]) -> None:
        timings = [_TIMING.match(self._text(line)) for line in block]
        fresh = False
        for index, line in enumerate(block):
            timing = timings[index]
            if timing is not None:
                self._time = _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:])
                fresh = True
                continue
            text = self._text(line)
            following = index + 1 < len(block) and timings[index + 1] is not None
            if _NUMBER.match(text) and (following or len(block) == 1):
                continue
            comment = line_comment(self.source, line)
            if comment is not None:
                self.beside.append(Block(comment, Scope.COMMENT))
            elif following and index == 0 and not _HAN.search(text):
                continue  # the name of a cue
            elif following and index == 0:
                self.beside.append(Block(copied(self.source, line), Scope.VALUE, label="cue"))
            elif self._time is None:
                self.beside.append(Block(copied(self.source, line), Scope.PARAGRAPH))
            else:
                self.lines.append(_Line(line, *self._time, first=fresh))
                fresh = False


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000


@dataclass(slots=True)
class _Unit:
    """Lines that belong to one sentence, as they are put together."""

    lines: list[_Line]
    voice: str | None
    length: int
    dash: bool


def _sentences(source: str, lines: Sequence[_Line], speakers: Speakers) -> Iterator[Block]:
    ended = sum(bool(_MARKS.search(source, line.span.start, line.span.end)) for line in lines)
    longest = _LONGEST if ended >= _FEW * len(lines) else _LONGEST_BARE
    unit: _Unit | None = None
    for line in lines:
        prose = _clean(source, [line])
        voice = _voice(source, line)
        if voice is None and unit is not None and not line.first:
            voice = unit.voice
        if not prose.text.strip():
            continue
        begins = bool(_DASH.match(prose.text)) or (voice is None and speakers.head(prose.text) is not None)
        if unit is not None and not begins and voice == unit.voice and _goes_on(source, unit, line, longest):
            unit.lines.append(line)
            unit.length += len(prose.text)
            continue
        if unit is not None:
            yield _block(source, unit)
        unit = _Unit([line], voice, len(prose.text), bool(_DASH.match(prose.text)))
    if unit is not None:
        yield _block(source, unit)


def _goes_on(source: str, unit: _Unit, line: _Line, longest: int) -> bool:
    """True when a line continues the sentence before it."""
    before = unit.lines[-1]
    if ends_sentence(_clean(source, [before]).text.strip()):
        return False
    return unit.length < longest and (not line.first or line.start - before.end <= _PAUSE)


def _block(source: str, unit: _Unit) -> Block:
    prose = _clean(source, unit.lines, unit.voice)
    if unit.dash:
        dash = _DASH.match(prose.text)
        prose = prose.cut(dash.end() if dash else 0, len(prose.text))
    # A turn goes on in the cues after it, until somebody else is named.
    follows = unit.voice is None and not unit.dash
    return Block(prose, Scope.PARAGRAPH, follows=follows, locator=clock(unit.lines[0].start))


def _voice(source: str, line: _Line) -> str | None:
    """The speaker a line names in its markup."""
    for match in _MARKUP.finditer(source, line.span.start, line.span.end):
        if match["voice"]:
            return match["voice"].strip()
    return None


def _clean(source: str, lines: Sequence[_Line], voice: str | None = None) -> Prose:
    """The words of some lines without markup; a voice stands before them as a label does in other texts."""
    out = TextBuilder(source)
    before = ""
    for line in lines:
        start, end = line.span.start, line.span.end
        text = source[start:end]
        edits = [
            (match.start(), match.end(), f"{voice}：" if match["voice"] and voice and line is lines[0] else "")
            for match in _MARKUP.finditer(text)
        ]
        edits += entities(text)
        words = _MARKUP.sub("", text).strip()
        if before and words:
            out.replace(Span(start, start), glue(before, words))
        position = 0
        for first, last, meant in sorted(edits):
            if first >= position:
                out.keep(Span(start + position, start + first))
                out.replace(Span(start + first, start + last), meant)
                position = last
        out.keep(Span(start + position, end))
        before = words or before
    return Prose(*out.build())
