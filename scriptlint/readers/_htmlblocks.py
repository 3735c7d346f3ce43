"""Divides HTML into blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

from scriptlint.model.document import Prominence, Scope, Unread
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, field, replace
from scriptlint.model.span import Span, TextBuilder
from scriptlint.readers import _css
from scriptlint.readers._blocks import Block, Headings, Reading
from scriptlint.readers._breaks import rejoined
from scriptlint.readers._css import Sheet
from scriptlint.readers._htmlattrs import attributes
from scriptlint.readers._htmlelements import VOID, Element, opened, report, told
from scriptlint.readers._htmllook import Look
from scriptlint.readers._htmlmedia import MediaLog
from scriptlint.readers._htmlscript import strings
from scriptlint.readers._htmltables import Tables
from scriptlint.readers._prose import Prose, collapsed, copied, remapped, unescaped, words
from scriptlint.readers._raw import SpeakerNames

_BLOCKS = words(
    "address article aside blockquote body button caption center dd desc details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html label legend li main menu "
    "nav ol optgroup option p pre search section select summary table tbody td text textarea tfoot th thead "
    "title tr ul"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SKIPPED = frozenset(("script", "style"))
# An element that begins where another of these is open closes it, up to the element it lives in.
_CLOSES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "menu", "dir"))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "td": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "th": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "tr": (frozenset(("tr",)), frozenset(("table",))),
    "option": (frozenset(("option",)), frozenset(("select",))),
}
_CONDITIONAL = lazy_re(r"\[if[^\]]*\]>(?:\s*<!-->)?(.*?)(?:<!--\s*)?<!\[endif\]$", re.DOTALL | re.IGNORECASE)
_REVEALING = lazy_re(r"\[if[^\]]*\]><!(?:--)?$|(?:<!)?\[endif\]$|<!--\s*<!\[endif\]$", re.IGNORECASE)
"""The two ends of what all but old programs show."""
_TEMPLATE = lazy_re("template|html|handlebars|mustache")
_TAG = lazy_re(r"</?[a-zA-Z][^<>]*>")
_DEEPEST = 500
"""Elements nested deeper than browsers allow count as part of the one around them."""
_DEEPEST_PAGE = 4
"""Pages written inside pages."""


def reading(
    source: str, names: SpeakerNames, sheets: Iterable[str] = (), icons: frozenset[str] = frozenset()
) -> Reading:
    """The blocks of a page in the order of its source.

    ``sheets`` are stylesheets it has beside its own, ``icons`` the addresses of pictures too small to hold words.
    """
    sheet = Sheet()
    given = 0
    for css in sheets:
        sheet.add(css)
        given += 1
    page = Page(source, names, sheet, Look(), MediaLog(icons))
    page.read()
    page.media.stylesheets = max(page.media.stylesheets - given, 0)
    return Reading(page.blocks, {}, (*page.unread, *page.media.unread()), tuple(page.media.notes()))


def parsed(source: str, names: SpeakerNames, *, sheet: Sheet | None = None, outer: Look | None = None) -> Page:
    """A page or a part of one, read to its end. ``outer`` is how the element around it looks."""
    page = Page(source, names, sheet or Sheet(), outer or Look(), MediaLog())
    page.read()
    return page


@dataclass(slots=True)
class _Run:
    """Text of one block as it comes in, and how much of it looks how."""

    text: TextBuilder
    looks: Counter[Prominence | None] = field(default_factory=Counter)

    @property
    def look(self) -> Prominence | None:
        """The look of most of its characters."""
        return max(self.looks, key=lambda look: self.looks[look])


class Page(HTMLParser):
    """The state of one pass over a page."""

    def __init__(
        self, source: str, names: SpeakerNames, sheet: Sheet, outer: Look, media: MediaLog, depth: int = 0
    ) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.names = names
        self.sheet = sheet
        self.blocks: list[Block] = []
        self.unread: list[Unread] = []
        self.media = media
        self.headings = Headings()
        self.tables = Tables(names)
        self._starts = [
            0,
            *(match.end() for match in re.finditer("\n", source)),
        ]  # as the parser counts lines
        self._outer = outer
        self._depth = depth
        self._open: list[Element] = []
        self._skipped = 0
        self._runs = self._empty_runs()

    def read(self) -> None:
        """Read the page to its end."""
        try:
            self.feed(self.source)
            self.close()
        except AssertionError as error:  # how the standard parser says that it cannot go on
            start = min(self._at(), len(self.source))
            self.unread.append(Unread(Span(start, len(self.source)), f"this HTML cannot be read from here: {error}"))
        self._finish()

    # -- events -------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        start = self._at()
        raw = self.get_starttag_text() or ""
        given = attributes(self.source, start, raw)
        if tag == "br":
            self._write(raw, "\n")
        if tag in _BLOCKS:
            self._flush()
            self._close_implied(tag)
        if tag == "table":
            self.tables.begin()
        elif tag in ("tr", "td", "th"):
            self.tables.cell(tag, given)
        element = opened(tag, self.source, start, given, self.sheet, self._open, self._outer)
        if tag not in VOID and len(self._open) < _DEEPEST:
            self._skipped += tag in _SKIPPED
            self._open.append(element)
        if self._skipped <= (tag in _SKIPPED):
            for name, span, look in told(element, given):
                self._value(span, name, look)
            report(self.media, element, given, Span(start, min(start + len(raw), len(self.source))))
            if tag == "iframe" and "srcdoc" in given:
                self._nested(unescaped(copied(self.source, given["srcdoc"].span)), seen=True)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        index = next((i for i in range(len(self._open) - 1, -1, -1) if self._open[i].tag == tag), None)
        if index is None:
            if tag in _BLOCKS:
                self._flush()
            return
        if any(element.tag in _BLOCKS for element in self._open[index:]):
            self._flush()
        self._pop_to(index)

    def handle_data(self, data: str) -> None:
        if self._skipped:
            self._program(data)
        else:
            self._write(data, data)

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def handle_comment(self, data: str) -> None:
        start = self._at()
        start += 4 if self.source.startswith("<!--", start) else 2
        found = self.source.find(data, start)
        if not data.strip() or found < 0:
            return
        prose = copied(self.source, Span(found, found + len(data)))
        conditional = _CONDITIONAL.match(data)
        if conditional:  # what an old mail program shows
            self._nested(prose.cut(*conditional.span(1)))
        elif not _REVEALING.match(data.strip()):
            self.blocks.append(Block(prose.stripped(), Scope.COMMENT, self.headings.section))

    def unknown_decl(self, data: str) -> None:
        """CDATA in XHTML is text."""
        if data.startswith("CDATA["):
            found = self.source.find(data[6:], self._at())
            if found >= 0 and not self._skipped:
                run = self._run()
                run.text.keep(Span(found, found + len(data) - 6))
                run.looks[self._look().prominence] += len(data)

    def parse_html_declaration(self, i: int) -> int:
        """A malformed declaration is a comment to browsers; the standard parser would stop at it."""
        place = self.lineno, self.offset
        try:
            return super().parse_html_declaration(i)
        except AssertionError:
            self.lineno, self.offset = place  # it has moved on before it gave up
            return self.parse_bogus_comment(i)

    def _finish(self) -> None:
        """Close what the page left open; a script that never ends has swallowed the rest, which is told."""
        self._flush()
        if self._skipped:
            element = next(element for element in self._open if element.tag in _SKIPPED)
            span = Span(min(element.start, len(self.source)), len(self.source))
            self.unread.append(Unread(span, f"this {element.tag} is never closed, so the rest is not read"))
        self._pop_to(0)

    # -- text ---------------------------------------------------------------------------------------------

    def _at(self) -> int:
        line, column = self.getpos()
        return min(self._starts[min(line, len(self._starts)) - 1] + column, len(self.source))

    def _look(self) -> Look:
        return self._open[-1].look if self._open else self._outer

    def _empty_runs(self) -> dict[str, _Run]:
        return {stream: _Run(TextBuilder(self.source)) for stream in ("shown", "hidden", "ruby")}

    def _run(self) -> _Run:
        """Where text goes here: hidden words and readings above a line must not part the words around them."""
        if any(element.tag in ("rt", "rp") for element in self._open[-3:]):
            return self._runs["ruby"]
        return self._runs["hidden" if self._look().hidden else "shown"]

    def _write(self, written: str, meant: str) -> None:
        """Add text; ``written`` is what stands in the source, ``meant`` what it says."""
        if not meant or self._skipped or (self._open and self._open[-1].tag == "rp"):
            return
        start = self._at()
        end = min(start + len(written), len(self.source))
        run = self._run()
        if meant.strip():
            run.looks[self._look().prominence] += len(meant.strip())
        if written == meant == self.source[start:end]:
            run.text.keep(Span(start, end))
        else:
            run.text.replace(Span(start, end), meant)

    def _reference(self, name: str) -> None:
        from html import unescape

        ended = self.source.startswith(";", self._at() + len(name))
        written = name + (";" if ended else "")
        self._write(written, unescape(written) or written)

    def _flush(self) -> None:
        """End the block of text gathered so far. Hidden words inside it are a block of their own after it."""
        preformatted = any(element.tag in ("pre", "textarea") for element in self._open)
        runs, self._runs = self._runs, self._empty_runs()
        for run in runs.values():
            if run.looks:
                scope = self._scope()
                prose = Prose(*run.text.build())
                if not preformatted:
                    prose = rejoined(collapsed(prose), title=scope is Scope.HEADING)
                self._add(prose, scope, run.look)

    def _scope(self) -> Scope:
        if any(element.tag == "svg" for element in self._open):
            return Scope.PARAGRAPH
        for element in reversed(self._open):
            if element.tag in _HEADINGS or element.tag == "title":
                return Scope.HEADING
            if element.tag in ("li", "dd"):
                return Scope.LIST_ITEM
            if element.tag in ("td", "th"):
                return Scope.TABLE_CELL
            if element.tag == "footer":
                return Scope.FOOTER
        return Scope.PARAGRAPH

    def _add(self, prose: Prose, scope: Scope, look: Prominence | None) -> None:
        section = self.headings.section
        if scope is Scope.HEADING:
            # A page's <title> stands above no text of its own, so it opens no section.
            level = next((int(e.tag[1]) for e in reversed(self._open) if e.tag in _HEADINGS), 0)
            section = self.headings.enter("#", level, prose.text) if level else section
        if scope is Scope.TABLE_CELL:
            self.tables.took(len(self.blocks), prose.text)
        self.blocks.append(Block(prose, scope, section, prominence=look))

    def _value(self, span: Span, label: str, look: Look) -> None:
        """Words that stand in an attribute, a script or a stylesheet."""
        prose = unescaped(copied(self.source, span))
        if prose.text.strip():
            self.blocks.append(
                Block(prose, Scope.VALUE, self.headings.section, label=label, prominence=look.prominence)
            )

    def _program(self, data: str) -> None:
        """Words inside a script or stylesheet: they may be shown, but do not stand on the page."""
        start = self._at()
        if not self.source.startswith(data, start):
            return
        element = self._open[-1]
        if element.tag == "style":
            self.sheet.add(data)
            for first, last in _css.contents(data):
                self._value(Span(start + first, start + last), "content", self._look())
        elif _TEMPLATE.search(element.kind):
            self._nested(copied(self.source, Span(start, start + len(data))))
        else:
            for first, last in strings(data):
                span = Span(start + first, start + last)
                if _TAG.search(data, first, last):
                    self._nested(copied(self.source, span))
                else:
                    self._value(span, "script", replace(self._look(), gone=True))

    # -- pages inside this one ----------------------------------------------------------------------------

    def _nested(self, prose: Prose, *, seen: bool = False) -> None:
        """Read a page that is written inside this one."""
        if self._depth >= _DEEPEST_PAGE:
            self.unread.append(Unread(prose.source(), "pages inside pages inside pages"))
            return
        around = self._open[-2].look if len(self._open) > 1 else self._outer
        outer = around if seen else self._look()
        look = replace(Look(), gone=outer.gone) if seen else replace(outer, gone=True)
        inner = Page(
            prose.text, self.names, Sheet() if seen else self.sheet, look, MediaLog(self.media.icons), self._depth + 1
        )
        inner.read()
        self.add_part(inner, prose)

    def add_part(self, inner: Page, prose: Prose) -> None:
        """Take over what was read in a part of this page, with its places carried here."""
        self.blocks += carried(inner, prose, self.headings.section, self.tables.records)
        self.tables.records += inner.tables.records
        self.media.take(inner.media)
        self.unread += [moved(told, prose) for told in (*inner.unread, *inner.media.unread())]

    # -- elements -----------------------------------------------------------------------------------------

    def _close_implied(self, tag: str) -> None:
        if tag in _CLOSES:
            ended, home = _CLOSES[tag]
            for index in range(len(self._open) - 1, -1, -1):
                if self._open[index].tag in home:
                    break
                if self._open[index].tag in ended:
                    self._pop_to(index)
                    break
        elif self._open and self._open[-1].tag == "p":
            self._pop_to(len(self._open) - 1)

    def _pop_to(self, index: int) -> None:
        for element in reversed(self._open[index:]):
            self._skipped -= element.tag in _SKIPPED
            if element.tag == "table":
                self.tables.end(self.blocks)
            elif element.tag in ("td", "th"):
                self.tables.end_cell()
        del self._open[index:]


def moved(told: Unread, prose: Prose) -> Unread:
    """What was not read of a part of a page, with its place in the whole."""
    return Unread(prose.offsets.to_source(told.span) if told.span else None, told.reason)


def carried(inner: Page, prose: Prose, section: tuple[str, ...], records: int) -> list[Block]:
    """The blocks of a part of a page, with their places in the whole."""
    return [
        replace(
            block,
            prose=remapped(block.prose, prose),
            section=(*section, *block.section),
            record=block.record if block.record is None else block.record + records,
        )
        for block in inner.blocks
    ]
