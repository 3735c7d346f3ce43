"""Divides HTML into blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from scriptlint.model.document import Prominence, Scope, Unread
from scriptlint.model.span import Span, TextBuilder
from scriptlint.readers._blocks import Block, Headings, Reading
from scriptlint.readers._grid import Cell, described
from scriptlint.readers._htmlattrs import Attribute, attributes, prominence
from scriptlint.readers._prose import Prose, collapsed, copied, unescaped, words
from scriptlint.readers._raw import SpeakerNames

_BLOCKS = words(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html label legend li main menu "
    "nav ol optgroup option p pre search section select summary table tbody td textarea tfoot th thead "
    "title tr ul"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_VOID = words("area base br col embed hr img input link meta param source track wbr")
_SKIPPED = frozenset(("script", "style", "template"))
_SHOWN = ("alt", "title", "placeholder", "aria-label")
_DESCRIBES = frozenset(
    ("description", "keywords", "og:title", "og:description", "twitter:title", "twitter:description")
)
_BUTTONS = frozenset(("button", "submit", "reset"))
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
_DEEPEST = 500
"""Elements nested deeper than browsers allow count as part of the one around them."""


def reading(source: str, names: SpeakerNames) -> Reading:
    """The blocks of a page in the order of its source."""
    parser = _Page(source, names)
    try:
        parser.feed(source)
        parser.close()
    except AssertionError as error:  # how the standard parser says that it cannot go on
        parser.give_up(str(error))
    parser.finish()
    return Reading(parser.blocks, {}, tuple(parser.unread))


@dataclass(slots=True)
class _Element:
    tag: str
    start: int
    look: Prominence | None


@dataclass(slots=True)
class _Run:
    """Text of one block as it comes in, and the look of its first word."""

    text: TextBuilder
    look: Prominence | None = None
    begun: bool = False


@dataclass(slots=True)
class _Table:
    """A table being read: where its cells went among the blocks, and which places row spans still fill."""

    cells: list[tuple[int, Cell]] = field(default_factory=list)
    row: int = -1
    column: int = 0
    here: Cell | None = None
    filled: dict[tuple[int, int], bool] = field(default_factory=dict)


class _Page(HTMLParser):
    """The state of one pass over a page."""

    def __init__(self, source: str, names: SpeakerNames) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.names = names
        self.blocks: list[Block] = []
        self.unread: list[Unread] = []
        self.headings = Headings()
        self.records = 0
        self._starts = [
            0,
            *(match.end() for match in re.finditer("\n", source)),
        ]  # as the parser counts lines
        self._open: list[_Element] = []
        self._tables: list[_Table] = []
        self._skipped = 0
        self._runs = {hidden: _Run(TextBuilder(source)) for hidden in (False, True)}

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
            self._tables.append(_Table())
        elif self._tables and tag in ("tr", "td", "th"):
            self._cell(tag, given)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._skipped += tag in _SKIPPED
            outer = self._open[-1] if self._open else None
            look = prominence(given, outer.look if outer else None)
            self._open.append(_Element(tag, start, look))
        self._attributes(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
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
        self._write(data, data)

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def handle_comment(self, data: str) -> None:
        start = self._at()
        start += 4 if self.source.startswith("<!--", start) else 2
        found = self.source.find(data, start)
        if data.strip() and found >= 0:
            prose = copied(self.source, Span(found, found + len(data)))
            self.blocks.append(Block(prose.stripped(), Scope.COMMENT, self.headings.section))

    def unknown_decl(self, data: str) -> None:
        """CDATA in XHTML is text."""
        if data.startswith("CDATA["):
            found = self.source.find(data[6:], self._at())
            if found >= 0 and not self._skipped:
                self._runs[False].text.keep(Span(found, found + len(data) - 6))
                self._runs[False].begun = True

    def parse_html_declaration(self, i: int) -> int:
        """A malformed declaration is a comment to browsers; the standard parser would stop at it."""
        place = self.lineno, self.offset
        try:
            return super().parse_html_declaration(i)
        except AssertionError:
            self.lineno, self.offset = place  # it has moved on before it gave up
            return self.parse_bogus_comment(i)

    def give_up(self, reason: str) -> None:
        """Note that the page is not read from here on."""
        start = min(self._at(), len(self.source))
        self.unread.append(Unread(Span(start, len(self.source)), f"this HTML cannot be read from here: {reason}"))

    def finish(self) -> None:
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

    def _write(self, written: str, meant: str) -> None:
        """Add text; ``written`` is what stands in the source, ``meant`` what it says."""
        if not meant or self._skipped:
            return
        start = self._at()
        end = min(start + len(written), len(self.source))
        look = self._open[-1].look if self._open else None
        run = self._runs[bool(look and look.hidden)]
        if not run.begun and meant.strip():
            run.begun, run.look = True, look
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
        for hidden, run in list(self._runs.items()):
            self._runs[hidden] = _Run(TextBuilder(self.source))
            if run.begun:
                prose = Prose(*run.text.build())
                self._add(prose if preformatted else collapsed(prose), self._scope(), run.look)

    def _scope(self) -> Scope:
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
        table = self._tables[-1] if self._tables else None
        if scope is Scope.TABLE_CELL and table and table.here:
            cell = table.here
            table.cells.append((len(self.blocks), Cell(cell.row, cell.column, prose.text, cell.header)))
        self.blocks.append(Block(prose, scope, section, prominence=look))

    def _attributes(self, tag: str, given: Mapping[str, Attribute]) -> None:
        """Words that stand in attributes: what a reader sees, hears or finds in a search engine."""
        if self._skipped:
            return
        names = [name for name in _SHOWN if name in given]
        kind = given["type"].value.lower() if "type" in given else ""
        if tag == "meta":
            about = given.get("name") or given.get("property")
            names = ["content"] if about and about.value.lower() in _DESCRIBES else []
        elif tag == "input" and kind in _BUTTONS:
            names.append("value")
        for name in names:
            attribute = given.get(name)
            if attribute is None or not attribute.value.strip():
                continue
            prose = unescaped(copied(self.source, attribute.span))
            look = self._open[-1].look if self._open else None
            self.blocks.append(Block(prose, Scope.VALUE, self.headings.section, label=name, prominence=look))

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
            if element.tag == "table" and self._tables:
                self._end_table(self._tables.pop())
            elif element.tag in ("td", "th") and self._tables:
                self._tables[-1].here = None
        del self._open[index:]

    def _cell(self, tag: str, given: Mapping[str, Attribute]) -> None:
        table = self._tables[-1]
        if tag == "tr" or table.row < 0:
            table.row += 1
            table.column = 0
        if tag == "tr":
            return
        while table.filled.get((table.row, table.column)):
            table.column += 1
        wide, high = _spans(given, "colspan"), _spans(given, "rowspan")
        for row in range(table.row + 1, table.row + high):
            for column in range(table.column, table.column + wide):
                table.filled[row, column] = True
        table.here = Cell(table.row, table.column, "", header=tag == "th")
        table.column += wide

    def _end_table(self, table: _Table) -> None:
        indices = [index for index, _ in table.cells]
        blocks = [self.blocks[index] for index in indices]
        cells = [cell for _, cell in table.cells]
        for index, block in zip(indices, described(blocks, cells, self.names, self.records), strict=True):
            self.blocks[index] = block
        self.records += table.row + 1


def _spans(given: Mapping[str, Attribute], name: str) -> int:
    """How many rows or columns a cell takes; absurd numbers count as one."""
    value = given[name].value.strip() if name in given else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 3 and int(value) > 0 else 1
