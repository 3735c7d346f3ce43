"""Writes down the text of a Word document, and remembers where in its main part each run of it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from scriptlint.model.document import Prominence, Role, Scope, Unread
from scriptlint.model.record import dataclass, replace
from scriptlint.model.span import Span
from scriptlint.readers._blocks import Block
from scriptlint.readers._compose import Composer
from scriptlint.readers._docxruns import Bit, Line
from scriptlint.readers._prose import Prose


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run of the source stands in the main part.

    With ``skip``, ``element`` is a ``w:t`` and the run is its text from that character on. Without, it is what the
    run hangs on (a text box on a run, a note on its reference); None is a run that has no place in the body.
    """

    span: Span
    element: Element | None
    skip: int | None = None


class Page:
    """What has been written so far."""

    def __init__(self) -> None:
        self.out = Composer()
        self.blocks: list[Block] = []
        self.unread: list[Unread] = []
        self.places: list[Place] = []
        self.deletions = 0
        """Runs left out because a tracked change takes them out."""
        self._shown: dict[str, tuple[int, int]] = {}
        """How many pictures stand in a place, and which entry of ``unread`` tells of them."""

    def runs(self, bits: Sequence[Bit], anchor: Element | None, *, own: bool) -> Prose:
        """Write a paragraph. ``own`` is True when its runs stand in the body itself; else all hang on ``anchor``."""
        start = self.out.length
        prose = self.out.add("".join(bit.text for bit in bits))
        if not own:
            self.places.append(Place(Span(start, start + len(prose.text)), anchor))
            return prose
        for bit in bits:
            span = Span(start, start + len(bit.text))
            if bit.element is not None:
                self.places.append(Place(span, bit.element, bit.skip))
            start = span.end
        return prose

    def words(
        self, text: str, anchor: Element | None, scope: Scope, section: tuple[str, ...], where: str, label: str = ""
    ) -> None:
        """Write words that are no paragraph (a comment, a choice). They say nothing of who speaks."""
        start = self.out.length
        prose = self.out.add(text.replace("\r\n", "\n").replace("\r", "\n"))
        self.places.append(Place(Span(start, start + len(prose.text)), anchor))
        self.blocks.append(Block(prose, scope, section, Role.UNKNOWN, label, locator=where))

    def left_out(self, reason: str, where: str = "", *, here: bool = True) -> None:
        """Tell of something that is not read; ``here`` is False for what stands nowhere in the text."""
        at = max(self.out.length - 1, 0)
        self.unread.append(Unread(Span(at, at) if here else None, reason, where))

    def hanging(self, line: Line, where: str) -> None:
        """Tell of what hangs on a paragraph and is not read."""
        if line.pictures:
            self._pictures(line.pictures, where)
        for reason, count in Counter(line.unread).items():
            self.left_out(f"{reason} ({count} times)" if count > 1 else reason, where)
        self.deletions += line.deletions

    def _pictures(self, count: int, where: str) -> None:
        """Tell of pictures; those of one place together, so that a reader of the report does not drown."""
        index, before = self._shown.get(where, (len(self.unread), 0))
        count += before
        self._shown[where] = index, count
        reason = f"{'a picture' if count == 1 else f'{count} pictures'}; words in pictures are not read"
        if before:
            self.unread[index] = replace(self.unread[index], reason=reason)
        else:
            self.left_out(reason, where)


def look_of_most(bits: Sequence[Bit]) -> Prominence | None:
    """Size and colour of most of the characters; None when nothing is said of either."""
    sizes: Counter[float | None] = Counter()
    colours: Counter[str] = Counter()
    for bit in bits:
        weight = len(bit.text.strip())
        sizes[bit.look.size] += weight
        colours[bit.look.colour or ""] += weight
    size, colour = sizes.most_common(1)[0][0], colours.most_common(1)[0][0]
    return Prominence(size, False, colour or None) if size is not None or colour else None
