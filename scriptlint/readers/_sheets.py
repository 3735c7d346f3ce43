"""Reads a workbook: every sheet in order, its tables, comments, text boxes and page headers."""

from __future__ import annotations

from collections.abc import Sequence

from scriptlint.model.document import Prominence, ReadError, Scope
from scriptlint.model.record import replace
from scriptlint.readers._blocks import Block, Reading
from scriptlint.readers._compose import Composer
from scriptlint.readers._container import Attachment
from scriptlint.readers._decode import Decoded
from scriptlint.readers._grid import described
from scriptlint.readers._ooxml import related
from scriptlint.readers._raw import RawFile, SpeakerNames
from scriptlint.readers._sheetdrawings import PICTURE, drawn
from scriptlint.readers._sheetextras import Budget, CellText, Content, Enough, column_letters, reference
from scriptlint.readers._sheetgrid import Line, Table, cells_of, regions, turned
from scriptlint.readers._sheetnotes import Place, comments, page_texts
from scriptlint.readers._sheetscan import SheetScan
from scriptlint.readers._unreadparts import UnreadParts, embedded
from scriptlint.readers._workbook import Sheet, Workbook, workbook

_KINDS = {
    "xlMacrosheet": "this sheet holds macros of Excel 4",
    "dialogsheet": "this sheet is a dialog of old Excel",
}


def reading(raw: RawFile) -> tuple[Decoded, Reading, list[Attachment]]:
    """The text of a workbook, its blocks, and the files inside it. Raises ReadError when it is none or cannot be opened."""
    book = workbook(raw.data)
    reader = _Sheets(book, raw.options.speakers, by_column=raw.options.scripts_in_columns)
    for sheet in book.sheets:
        reader.read(sheet)
    notes = ["macros are program code and were not checked"] if related(book.package, book.part, "vbaProject") else []
    return reader.out.decoded(), Reading(reader.blocks, {}, reader.unread.all(), tuple(notes)), reader.attachments


class _Sheets:
    """The state of one pass over a workbook."""

    def __init__(self, book: Workbook, names: SpeakerNames, *, by_column: bool) -> None:
        self.book = book
        self.out = Composer()
        self.blocks: list[Block] = []
        self.unread = UnreadParts()
        self.attachments: list[Attachment] = []
        self._names = names
        self._by_column = by_column
        self._budget = Budget()
        self._records = 0
        self._comments: dict[Place, list[str]] = {}
        self._letters: dict[int, str] = {}

    def read(self, sheet: Sheet) -> None:
        """Read one sheet. What is wrong with it is noted and the others are read all the same."""
        if sheet.kind != "worksheet" or not sheet.part:
            self._other(sheet)
            return
        scan = SheetScan(self.book, self._budget, hidden=sheet.hidden)
        try:
            self.book.package.scan(sheet.part, scan)
        except Enough:
            self.unread.add(sheet.name, "this workbook is larger than what is read; from here on it was not checked")
        except ReadError as error:
            self.unread.add(sheet.name, error.message)
        content = scan.content
        look = Prominence(hidden=True) if sheet.hidden else None
        self._comments = {}
        try:
            for place, text in comments(self.book.package, sheet.part):
                self._comments.setdefault(place, []).append(text)
        except ReadError as error:
            self.unread.add(sheet.name, error.message)
        self._put(sheet.name, Scope.HEADING, (), sheet.name, look)
        self._pages(content.headers, Scope.HEADER, sheet, look)
        self._tables(sheet, content)
        self._around(sheet, content, look)
        self._pages(content.footers, Scope.FOOTER, sheet, look)
        self._missing(sheet, content)

    def _put(
        self, text: str, scope: Scope, section: tuple[str, ...], locator: str, look: Prominence | None, label: str = ""
    ) -> None:
        if text.strip():
            prose = self.out.add(text)
            self.blocks.append(Block(prose, scope, section, label=label, prominence=look, locator=locator))

    # -- cells --------------------------------------------------------------------------------------------

    def _tables(self, sheet: Sheet, content: Content) -> None:
        base: tuple[str, ...] = (sheet.name,)
        complete = True
        for region in regions(content.cells, content.merges, self._heads(sheet)):
            if complete:
                base = (sheet.name,)  # a table without a title of its own does not stand under that of another
            complete = isinstance(region, Table)
            if isinstance(region, Line):
                base = self._line(region, sheet, base, base)
            else:
                self._table(region, sheet, content, base)
        self._records += 1 + max((cell.row for cell in content.cells), default=0)

    def _line(self, line: Line, sheet: Sheet, above: tuple[str, ...], section: tuple[str, ...]) -> tuple[str, ...]:
        """Write a line; gives the section of what follows: its own for a heading, else ``section``."""
        scope = Scope.HEADING if line.heading else Scope.PARAGRAPH
        self._cell(line.cell, scope, sheet, above if line.heading else section)
        return (*above, " ".join(line.cell.text.split())) if line.heading else section

    def _table(self, table: Table, sheet: Sheet, content: Content, base: tuple[str, ...]) -> None:
        if self._by_column:
            table = turned(table)
        section = base
        places: list[int] = []
        for part in table.parts:
            if isinstance(part, Line):
                section = self._line(part, sheet, base, section)
            else:
                places.extend([self._cell(cell, Scope.TABLE_CELL, sheet, section) for cell in part])
        cells, filled = cells_of(table, content.merges, by_column=self._by_column)
        blocks = [self.blocks[place] for place in places]
        # The cells a merge fills say who speaks in their row; they are not said again.
        known = described([*blocks, *[blocks[0]] * len(filled)], [*cells, *filled], self._names, self._records)
        for place, block in zip(places, known, strict=False):
            self.blocks[place] = block

    def _cell(self, cell: CellText, scope: Scope, sheet: Sheet, section: tuple[str, ...]) -> int:
        """Write a cell, its comments before it, so that ``disable-next`` in one is about the cell."""
        letters = self._letters.get(cell.column)
        if letters is None:
            letters = self._letters[cell.column] = column_letters(cell.column)
        locator = f"{sheet.name}!{letters}{cell.row + 1}"
        if self._comments:
            self._comment(self._comments.pop((cell.row, cell.column), ()), locator, section)
        self.blocks.append(Block(self.out.add(cell.text), scope, section, None, "", None, cell.look, False, locator))
        return len(self.blocks) - 1

    def _comment(self, texts: Sequence[str], locator: str, section: tuple[str, ...]) -> None:
        for text in texts:
            self._put(text, Scope.COMMENT, section, f"{locator} comment", None)

    def _heads(self, sheet: Sheet) -> frozenset[int]:
        """The rows that tables made in Excel call their header."""
        found: set[int] = set()
        for link in related(self.book.package, sheet.part, "table"):
            try:
                table = self.book.package.xml(link.target)
            except ReadError:
                continue  # it only says how cells are formatted; they are read all the same
            place = reference(table.get("ref", ""))
            if place and table.get("headerRowCount", "1") != "0":
                found.add(place[0])
        return frozenset(found)

    # -- what is no cell ----------------------------------------------------------------------------------

    def _around(self, sheet: Sheet, content: Content, look: Prominence | None) -> None:
        section = (sheet.name,)
        for (row, column), texts in self._comments.items():
            self._comment(texts, f"{sheet.name}!{column_letters(column)}{row + 1}", section)
        for place, what, text in content.prompts:
            self._put(text, Scope.VALUE, section, f"{sheet.name}!{place}", look, what)
        for shape in drawn(self.book.package, sheet.part, sheet.name, self.book.colours, self.unread):
            locator = " / ".join(part for part in (f"{sheet.name}!{shape.place}".rstrip("!"), shape.name) if part)
            seen = shape.run.look
            if sheet.hidden:
                seen = replace(seen or Prominence(), hidden=True)
            self._put(shape.run.text, shape.scope, section, locator, seen, shape.label)
        self.attachments.extend(embedded(self.book.package, sheet.part, sheet.name, self.unread))

    def _pages(self, coded: Sequence[str], scope: Scope, sheet: Sheet, look: Prominence | None) -> None:
        for text in dict.fromkeys(coded):
            shown, picture = page_texts(text)
            for part in shown:
                self._put(part, scope, (sheet.name,), f"{sheet.name} {scope}", look)
            if picture:
                self.unread.count(sheet.name, PICTURE, str(scope))

    def _missing(self, sheet: Sheet, content: Content) -> None:
        for place in content.not_calculated:
            self.unread.count(sheet.name, "formula whose result is not stored; open and save it in Excel", place)
        for place in content.pictures:
            self.unread.count(sheet.name, PICTURE, place)

    def _other(self, sheet: Sheet) -> None:
        """A sheet without cells: its name and the text of its chart are read."""
        look = Prominence(hidden=True) if sheet.hidden else None
        self._put(sheet.name, Scope.HEADING, (), sheet.name, look)
        if not sheet.part:
            self.unread.add(sheet.name, "this sheet is missing from the file")
        elif sheet.kind == "chartsheet":
            self._around(sheet, Content(), look)
        else:
            self.unread.add(sheet.name, _KINDS.get(sheet.kind, f"this sheet is of a kind not read: {sheet.kind}"))
