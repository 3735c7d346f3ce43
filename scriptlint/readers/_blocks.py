"""What a format's parser hands over, and how it becomes segments: headings, comments, and who says what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scriptlint.model.document import Document, Prominence, Role, Scope, Segment, Unread
from scriptlint.model.record import dataclass
from scriptlint.model.span import Span
from scriptlint.readers._comments import stated
from scriptlint.readers._decode import Decoded
from scriptlint.readers._dialogue import Speakers, Utterance
from scriptlint.readers._prose import Prose, lines_of
from scriptlint.readers._raw import RawFile

_SILENT = frozenset((Scope.COMMENT, Scope.HEADER, Scope.FOOTER))
_LABEL_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Block:
    """A run of prose as the format gives it, before its speakers are known.

    ``role`` is the role of words without a label of their own; one other than the institution's is final.
    ``follows`` is True for a line of the same block as the one before it, so
    that a turn may go on in it.
    """

    prose: Prose
    scope: Scope
    section: tuple[str, ...] = ()
    role: Role | None = None
    label: str = ""
    record: int | None = None
    prominence: Prominence | None = None
    follows: bool = False
    locator: str = ""


class Headings:
    """The headings above the place that is being read."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int, str]] = []

    @property
    def section(self) -> tuple[str, ...]:
        """The section path here, outermost first."""
        return tuple(words for _, _, words in self._open)

    def enter(self, style: str, level: int, words: str) -> tuple[str, ...]:
        """Open a heading and close those it ends. Gives the section the heading itself stands in.

        Headings of one style rank by their level; a style not yet open stands below those that are. Real
        headings (``#``) also end everything that is only laid out like one, titles excepted.
        """
        for index, (known, depth, _) in enumerate(self._open):
            if (known == style and depth >= level) or (style == "#" and known not in ("#", "title")):
                del self._open[index:]
                break
        above = self.section
        words = " ".join(words.split())
        if words:
            self._open.append((style, level, words))
        return above


@dataclass(frozen=True, slots=True)
class Reading:
    """What a parser found in a file."""

    blocks: Sequence[Block]
    facts: Mapping[str, tuple[str, ...]]
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()


def document(raw: RawFile, decoded: Decoded, format: str, reading: Reading) -> Document:
    """The document that a reading amounts to."""
    facts = dict(reading.facts)
    blocks: list[Block] = []
    for block in reading.blocks:
        # A comment that only states the context has been heard and is not a comment any more.
        said = stated(block.prose.text) if block.scope is Scope.COMMENT else None
        if said is None:
            blocks.append(block)
        for key, values in (said or {}).items():
            facts.setdefault(key, values)
    return Document(
        path=raw.path,
        format=format,
        source=decoded.text,
        segments=tuple(segments(blocks, Speakers(raw.options.speakers))),
        encoding=decoded.encoding,
        front_matter=facts,
        unread=reading.unread,
        notes=(*((decoded.doubtful,) if decoded.doubtful else ()), *reading.notes),
    )


def segments(blocks: Sequence[Block], speakers: Speakers) -> Iterable[Segment]:
    """Blocks as segments, those with speaker labels divided into turns."""
    lines: list[str | None] = []
    places: list[list[tuple[Span, int]]] = []
    for block in blocks:
        speakers.read_legend(block.prose.text)
        mine: list[tuple[Span, int]] = []
        if block.role in (None, Role.INSTITUTION) and block.scope not in _SILENT:
            if not block.follows:
                lines.append(None)
            for span in lines_of(block.prose.text):
                mine.append((span, len(lines)))
                lines.append(block.prose.text[span.start : span.end])
        places.append(mine)
    said = speakers.utterances(lines)
    for block, mine in zip(blocks, places, strict=True):
        if mine:
            yield from _turns(block, [(span, said[index]) for span, index in mine])
        else:
            yield from _segment(block, block.prose, block.role or Role.UNKNOWN, block.scope, block.label)


def _turns(block: Block, lines: Sequence[tuple[Span, Sequence[Utterance]]]) -> Iterable[Segment]:
    """Segments of one block: the lines one speaker says in a row stay together."""
    runs: list[tuple[int, int, Utterance]] = []
    for line, utterances in lines:
        for said in utterances:
            start, end = line.start + said.start, line.start + said.end
            if runs and said.label is None:
                first, _, before = runs[-1]
                if (before.role, before.speaker) == (said.role, said.speaker):
                    runs[-1] = (first, end, before)
                    continue
            runs.append((start, end, said))
            if said.label is not None:
                yield from _label_data(block, said.label.shifted(line.start))
    for start, end, said in runs:
        scope, label, role = block.scope, block.label, said.role
        if not said.speaker:
            role = block.role or role
        else:
            scope = scope if scope is Scope.HEADING else Scope.TURN
            label = label or said.speaker
        yield from _segment(block, block.prose.cut(start, end), role, scope, label)


def _label_data(block: Block, label: Span) -> Iterable[Segment]:
    """A label that carries numbers (客户(138…)) is read as well, lest personal data hide in it."""
    text = block.prose.text[label.start : label.end]
    if sum(char.isdigit() for char in text) >= _LABEL_DIGITS:
        yield from _segment(block, block.prose.cut(label.start, label.end), Role.UNKNOWN, Scope.VALUE, block.label)


def _segment(block: Block, prose: Prose, role: Role, scope: Scope, label: str) -> Iterable[Segment]:
    prose = prose.stripped()
    if prose.text:
        yield Segment(
            prose.text, prose.offsets, scope, role, block.section, label, block.record, block.prominence, block.locator
        )


def relabelled(block: Block, label: str, role: Role | None, record: int, *, turn: bool) -> Block:
    """A table cell once its column is known."""
    # Not ``replace``: a workbook has a hundred thousand cells, and this is a third of the time.
    return Block(
        block.prose,
        Scope.TURN if turn else block.scope,
        block.section,
        role if role is not None else block.role,
        label,
        record,
        block.prominence,
        block.follows,
        block.locator,
    )
