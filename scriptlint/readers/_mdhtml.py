"""HTML in Markdown: which elements are open where, how their words look, and what else their tags hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from scriptlint.model.document import Prominence
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, field
from scriptlint.model.span import Span
from scriptlint.readers._css import Sheet
from scriptlint.readers._htmlattrs import attributes
from scriptlint.readers._htmlelements import VOID, Element, opened, report, told
from scriptlint.readers._htmllook import Look
from scriptlint.readers._htmlmedia import MediaLog
from scriptlint.readers._prose import Prose, unescaped, words

_HOLDERS = words(
    "address article aside blockquote body center details dialog div dl fieldset figure footer form header hgroup "
    "html main menu nav noscript ol search section template ul"
)
"""Elements that go on over blank lines; others end with the paragraph they stand in."""
_PART = lazy_re(r"<(script|style|table|svg|iframe|select|template)\b", re.IGNORECASE)
_DEEPEST = 200
SHOWN, HIDDEN, RUBY, DROPPED = "shown", "hidden", "ruby", ""
"""Where words go: those nobody sees and readings above a line must not part the words around them."""


@dataclass(frozen=True, slots=True)
class Value:
    """Words that stand in an attribute."""

    prose: Prose
    label: str
    look: Prominence | None


@dataclass(slots=True)
class Html:
    """The elements that are open at the place that is being read."""

    sheet: Sheet = field(default_factory=Sheet)
    media: MediaLog = field(default_factory=MediaLog)
    open: list[Element] = field(default_factory=list)

    @property
    def look(self) -> Look:
        """How words look here."""
        return self.open[-1].look if self.open else Look()

    @property
    def stream(self) -> str:
        """Where words go here."""
        tags = [element.tag for element in self.open[-3:]]
        if "rp" in tags:
            return DROPPED
        return RUBY if "rt" in tags else HIDDEN if self.look.hidden else SHOWN

    def tag(self, prose: Prose, start: int, end: int, name: str) -> Iterator[Value]:
        """Take note of a tag that stands in a run of text, and give the words that stand in it."""
        text = prose.text[start:end]
        if text.startswith("</"):
            index = next((i for i in range(len(self.open) - 1, -1, -1) if self.open[i].tag == name), None)
            if index is not None:
                del self.open[index:]
            return
        given = attributes(prose.text, start, text)
        element = opened(name, prose.text, start, given, self.sheet, self.open, Look())
        if name not in VOID and not text.endswith("/>") and len(self.open) < _DEEPEST:
            self.open.append(element)
        for label, span, look in told(element, given):
            words_in = unescaped(prose.cut(span.start, span.end))
            if words_in.text.strip():
                yield Value(words_in, label, look.prominence)
        report(self.media, element, given, prose.offsets.to_source(Span(start, end)))

    def end_paragraph(self) -> None:
        """A run of text ends, and with it what cannot hold more than one."""
        keep = next((i for i, element in enumerate(self.open) if element.tag not in _HOLDERS), len(self.open))
        del self.open[keep:]


@dataclass(slots=True)
class Streams:
    """Which stretches of a run of text go where, and how the words in each look."""

    html: Html
    stretches: list[tuple[int, int, str]] = field(default_factory=list)
    looks: dict[str, Counter[Prominence | None]] = field(default_factory=dict)
    position: int = 0

    def until(self, text: str, end: int) -> None:
        """Text up to here goes where the elements open now say."""
        stream = self.html.stream
        weight = len(text[self.position : end].strip())
        if end > self.position:
            self.stretches.append((self.position, end, stream))
            self.looks.setdefault(stream, Counter())[self.html.look.prominence] += weight
            self.position = end

    def look(self, stream: str) -> Prominence | None:
        """The look of most characters of a stream."""
        counted = self.looks.get(stream)
        return max(counted, key=lambda look: counted[look]) if counted else self.html.look.prominence


def part(source: str, lower: str, start: int) -> int:
    """Where a table, script or other part that is HTML throughout ends; ``start`` when none begins here.

    A script or style that is never closed goes on to the end, as it does in a browser.
    """
    match = _PART.match(source, start)
    if match is None:
        return start
    name = match[1].lower()
    if name in ("script", "style"):
        end = lower.find(f"</{name}", start)
        close = lower.find(">", end) + 1 if end >= 0 else 0
        return close or len(source)
    depth = 0
    for tag in re.compile(rf"<(/?){name}\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>").finditer(lower, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return start
