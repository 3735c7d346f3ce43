"""Walks a Word document in the order people read it, each paragraph with its place.

Body first, then notes, headers and footers. A comment comes before the paragraph it is about, so that a comment to
scriptlint (``disable-next``) speaks of the paragraph a person has put it on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from scriptlint.model.document import Prominence, ReadError, Role, Scope
from scriptlint.model.record import dataclass, replace
from scriptlint.readers._blocks import Block, Headings, Reading
from scriptlint.readers._container import Attachment
from scriptlint.readers._docxheads import Head, styled, title_of, unstyled
from scriptlint.readers._docxpage import Page, look_of_most
from scriptlint.readers._docxparts import Parts
from scriptlint.readers._docxruns import Around, Bit, Box, Kind, Line, Runs, choices
from scriptlint.readers._docxstyles import PLAIN, VAL, Style, W, number_of
from scriptlint.readers._docxtable import Table, TableCell, cells_of, speaking
from scriptlint.readers._lines import bullet
from scriptlint.readers._ooxml import RELATIONS, child, children, local, truth
from scriptlint.readers._package import Package, Relation
from scriptlint.readers._raw import ReadOptions

_ALREADY_SAID = ("choice", "default", "field")
"""Labels of words that count only where the text does not say them itself."""


@dataclass(slots=True)
class _Story:
    """A run of paragraphs that belong together: the body, one header, one note, one text box."""

    runs: Runs
    links: Mapping[str, Relation]
    name: str = ""
    scope: Scope | None = None
    """The scope of all its text; None where that depends on each paragraph."""
    body: bool = False
    anchor: Element | None = None
    tables: int = 0
    boxes: int = 0
    adjacent: bool = False
    """True after a paragraph, so that a turn may go on in the next."""


class Walker:
    """The state of one pass over a document."""

    def __init__(self, package: Package, options: ReadOptions) -> None:
        """Find the parts of the document. Raises ReadError when this is none."""
        self.page = Page()
        self.parts = Parts(package, lambda reason, name: self.page.left_out(reason, name, here=False))
        self.attachments: list[Attachment] = []
        """Files inside this one, to be read as such."""
        self._options = options
        self._told: dict[str, int] = {}
        """The comments written so far, with their numbers."""
        self._notes: dict[tuple[str, str], tuple[tuple[str, ...], Element]] = {}
        self._headings = Headings()
        self._paragraphs = self._records = 0
        self._title: Element | None = None

    def reading(self) -> Reading:
        """All blocks of the document, and what was not read."""
        root = self.parts.root
        background, bodies = child(root, "background"), [part for part in children(root) if local(part) == "body"]
        if background is not None and len(background):
            self.page.left_out("a background picture", here=False)
        if self.parts.numbering.pictures:
            self.page.left_out("pictures used as bullets of lists", here=False)
        story = self._story(self.parts.links, body=True)
        for body in bodies:  # a sound file has one
            self._title = self._title if self._paragraphs else title_of(body)
            self._container(body, story, None)
        self._read_notes()
        self._headings = Headings()
        for kind, scope in (("header", Scope.HEADER), ("footer", Scope.FOOTER)):
            for name, part, links in self.parts.margins(kind):
                self._container(part, self._story(links, name, scope), None)
        for name in self.parts.comments:
            self._comment(name, None)
        notes = []
        if self.page.deletions:
            notes.append("text that tracked changes take out is not read; “deletions: true” in the settings reads it")
        if self.parts.has("vbaProject"):
            notes.append("this file holds macros, which are no text and are not read")
        return Reading(self.page.blocks, {}, tuple(self.page.unread), tuple(notes))

    # -- stories ------------------------------------------------------------------------------------------

    def _story(
        self,
        links: Mapping[str, Relation],
        name: str = "",
        scope: Scope | None = None,
        *,
        body: bool = False,
        anchor: Element | None = None,
    ) -> _Story:
        runs = Runs(self.parts.package, links, self.parts.styles, self._options.deletions)
        return _Story(runs, links, name, scope, body, anchor)

    def _read_notes(self) -> None:
        """Footnotes and endnotes, numbered as the text refers to them; those nobody refers to come last.

        The lines that part notes from the text are kept among them, and may hold words.
        """
        for kind in ("footnote", "endnote"):
            known, links = self.parts.numbered(f"{kind}s", kind)
            named = dict.fromkeys(name for other, name in self._notes if other == kind)
            rest = (name for name in known if name not in named)
            number = 0
            for name in (*named, *rest):
                section, anchor = self._notes.get((kind, name), ((), None))
                parts_notes = name in known and known[name].get(W + "type") not in (None, "normal")
                number += not parts_notes
                where = f"{kind} separator" if parts_notes else f"{kind} {number}"
                if name not in known:
                    self.page.left_out("this note is missing from the file", where, here=False)
                    continue
                before = len(self.page.blocks)
                self._container(known[name], self._story(links, where, Scope.NOTE, anchor=anchor), None)
                for index in range(before, len(self.page.blocks)):
                    self.page.blocks[index] = replace(self.page.blocks[index], section=section)

    def _comment(self, name: str, anchor: Element | None) -> None:
        element = self.parts.comments.get(name)
        if element is None or name in self._told:
            return
        self._told[name] = len(self._told) + 1
        where = f"comment {self._told[name]}"
        runs = Runs(self.parts.package, self.parts.comment_links, self.parts.styles, self._options.deletions)
        said: list[str] = []
        for paragraph in element.iter(W + "p"):
            line = Line()
            runs.read(paragraph, line, Around())
            said.append("".join(bit.text for bit in line.bits))
            said.extend(words for _, words in line.values)
            self.page.hanging(line, where)
        text = "\n".join(said).strip()
        if text:
            self.page.words(text, anchor, Scope.COMMENT, self._headings.section, where)

    def _box(self, box: Box, story: _Story) -> None:
        story.boxes += 1
        name = f"{story.name} / text box {story.boxes}" if story.name else f"text box {story.boxes}"
        anchor = box.anchor if story.body else story.anchor
        self._container(box.content, self._story(story.links, name, story.scope, anchor=anchor), None)
        story.adjacent = False

    # -- what stands one below the other ------------------------------------------------------------------

    def _container(self, container: Element, story: _Story, cell: TableCell | None, *, deleted: bool = False) -> None:
        """The paragraphs and tables in a body, cell, note or box."""
        line = self._inside(container, story, cell, Line(), deleted=deleted)
        if line != Line():
            self._paragraph(line, None, container, story, cell)

    def _inside(self, container: Element, story: _Story, cell: TableCell | None, line: Line, *, deleted: bool) -> Line:
        """Read what is in a container. ``line`` is what is left of a paragraph whose end is deleted or hidden."""
        for element in children(container):
            match local(element):
                case "p":
                    properties = element.find(W + "pPr")
                    look = self._style(properties).look
                    table = cell.table.look if cell else PLAIN
                    story.runs.read(element, line, Around(look, table, deleted, cell is not None and cell.hidden))
                    if not self._runs_on(properties, line):
                        self._paragraph(line, properties, element, story, cell)
                        line = Line()
                case "tbl":
                    self._table(element, story, cell, deleted=deleted)
                case "sdtPr":
                    line.values.extend(choices(element))
                case "commentRangeStart":
                    line.comments.append(element.get(W + "id", ""))
                case "altChunk":
                    self._inserted(element.get(RELATIONS + "id", ""), story.links)
                    story.adjacent = False
                case "subDoc":
                    self.page.left_out("a part of this document that is kept in another file")
                case "del" | "moveFrom":
                    line = self._inside(element, story, cell, line, deleted=True)
                case "sectPr" | "tcPr" | "pPr" | "rPr":
                    pass
                case _:
                    line = self._inside(element, story, cell, line, deleted=deleted)
        return line

    def _style(self, properties: Element | None) -> Style:
        named = child(properties, "pStyle")
        return self.parts.styles.style(named.get(VAL) if named is not None else None, "paragraph")

    def _runs_on(self, properties: Element | None, line: Line) -> bool:
        """True when the end of a paragraph is taken out or hidden, so that a reader sees it run on into the next."""
        mark = child(properties, "rPr")
        for entry in children(mark) if mark is not None else ():
            match local(entry):
                case "del" | "moveFrom":
                    return not self._options.deletions
                case "vanish":
                    # With specVanish it is how Word lets a heading stand in the line of its text.
                    hidden = truth(entry.get(VAL), default=True) and child(mark, "specVanish") is None
                    return hidden and bool(line.text().strip())
        return False

    def _table(self, element: Element, story: _Story, outer: TableCell | None, *, deleted: bool) -> None:
        holder = outer or story
        holder.tables += 1
        name = f"{holder.name} / table {holder.tables}" if holder.name else f"table {holder.tables}"
        style = child(element, "tblPr", "tblStyle")
        table = Table(self.parts.styles.style(style.get(VAL), "table").look if style is not None else PLAIN)
        records = self._records
        self._records += sum(1 for _ in element.iter(W + "tr"))  # those of tables inside it too
        for cell in cells_of(element, table, name):
            story.adjacent = False
            self._container(cell.element, story, cell, deleted=deleted or cell.deleted)
        story.adjacent = False
        if story.scope is None:
            speaking(table, self.page.blocks, self._options.speakers, records)

    def _inserted(self, name: str, links: Mapping[str, Relation]) -> None:
        """Note a file that stands in the document: one it takes in when it is opened, or an embedded workbook."""
        link = links.get(name)
        if link is None or link.external or not self.parts.package.has(link.target):
            self.page.left_out("an inserted file that is missing")
            return
        try:
            data = self.parts.package.read(link.target)
        except ReadError as error:
            self.page.left_out(f"an inserted file: {error.message}")
            return
        self.attachments.append(Attachment(link.target, data))

    # -- paragraphs ---------------------------------------------------------------------------------------

    def _paragraph(
        self, line: Line, properties: Element | None, element: Element, story: _Story, cell: TableCell | None
    ) -> None:
        anchor = element if story.body else story.anchor
        for name in dict.fromkeys(line.comments):
            self._comment(name, anchor)
        style = self._style(properties)
        number = number_of(properties) or style.number
        listed = bool(number and number[0])
        mark = self.parts.numbering.mark(number) if number and listed else ""
        bits = _edged([bit for bit in line.bits if bit.kind is Kind.SHOWN])
        if bits and mark:
            bits.insert(0, Bit(mark, bits[0].look, Kind.SHOWN))
        where = self._where(story, cell, shown=bool(bits))
        text = "".join(bit.text for bit in bits)
        if bits:
            head = self._head(bits, text, properties, style, listed, element, story, cell)
            self._shown(bits, text, head, listed, anchor, story, cell, where)
        else:
            story.adjacent = False
        for kind in (Kind.HIDDEN, Kind.DELETED, Kind.CODE):
            aside = [bit for bit in line.bits if bit.kind is kind]
            if any(bit.text.strip() for bit in aside):
                self._aside(aside, kind, anchor, story, cell, where, follows=bool(bits))
        for label, words in line.values:
            if not (label in _ALREADY_SAID and words in text):
                self.page.words(words, anchor, Scope.VALUE, self._headings.section, where, label)
        self.page.hanging(line, where)
        for name in line.files:
            self._inserted(name, story.links)
        for note, name, run in line.notes:
            self._notes.setdefault((note, name), (self._headings.section, run))
        for box in line.boxes:
            self._box(box, story)

    def _head(
        self,
        bits: Sequence[Bit],
        text: str,
        properties: Element | None,
        style: Style,
        listed: bool,
        element: Element,
        story: _Story,
        cell: TableCell | None,
    ) -> Head | None:
        if story.scope is not None or (cell is not None and not cell.alone):
            return None
        head = styled(text, properties, style)
        if head is None and cell is None and not listed:
            head = unstyled(bits, properties, style, title=element is self._title)
        return head

    def _shown(
        self,
        bits: Sequence[Bit],
        text: str,
        head: Head | None,
        listed: bool,
        anchor: Element | None,
        story: _Story,
        cell: TableCell | None,
        where: str,
    ) -> None:
        """Write down the text of a paragraph that people see."""
        prose = self.page.runs(bits, anchor, own=story.body)
        section = self._headings.section
        scope, follows = story.scope or (Scope.TABLE_CELL if cell else Scope.PARAGRAPH), story.adjacent
        if head is not None:
            scope, follows = Scope.HEADING, False
            prose = prose.cut(head.start, head.end)
            if story.body:
                section = self._headings.enter(head.kind, head.level, prose.text)
        elif scope is Scope.PARAGRAPH:
            lead = len(text) - len(text.lstrip())
            lead += bullet(text[lead:])
            if listed or text[:lead].strip():
                scope, prose = Scope.LIST_ITEM, prose.cut(lead, len(text))
        elif cell and scope is Scope.TABLE_CELL:
            cell.took(len(self.page.blocks), text)
        story.adjacent = head is None
        self.page.blocks.append(
            Block(prose, scope, section, prominence=look_of_most(bits), follows=follows, locator=where)
        )

    def _aside(
        self,
        bits: Sequence[Bit],
        kind: Kind,
        anchor: Element | None,
        story: _Story,
        cell: TableCell | None,
        where: str,
        *,
        follows: bool,
    ) -> None:
        """Write down what is not shown: hidden text, deleted text, text inside the code of a field.

        With ``follows`` it stands in a paragraph that is shown, and who speaks there speaks here too.
        """
        prose = self.page.runs(bits, anchor, own=story.body)
        look = look_of_most(bits) or Prominence()
        scope = story.scope or (Scope.TABLE_CELL if cell else Scope.PARAGRAPH)
        role, label = None, ""
        if kind is Kind.CODE:
            scope, role, label = Scope.VALUE, Role.UNKNOWN, "field"
        elif cell and scope is Scope.TABLE_CELL:
            cell.took(len(self.page.blocks), prose.text)
        if kind is Kind.DELETED:
            where += " (deleted)"
        else:
            look = replace(look, hidden=True)
        section = self._headings.section
        block = Block(prose, scope, section, role, label, prominence=look, follows=follows, locator=where)
        self.page.blocks.append(block)

    def _where(self, story: _Story, cell: TableCell | None, *, shown: bool) -> str:
        if cell is not None:
            return cell.name
        if story.name:
            return story.name
        self._paragraphs += shown
        if shown:
            return f"¶{self._paragraphs}"
        return f"after ¶{self._paragraphs}" if self._paragraphs else "before ¶1"


def _edged(bits: list[Bit]) -> list[Bit]:
    """Bits without the breaks around them (a page break before a heading is no part of it); none if all are blank."""
    while bits and bits[0].element is None and not bits[0].text.strip():
        bits.pop(0)
    while bits and bits[-1].element is None and not bits[-1].text.strip():
        bits.pop()
    return bits if any(bit.text.strip() for bit in bits) else []
