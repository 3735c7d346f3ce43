"""Tables of Word documents: rows and cells with their places, and what columns say of those who speak."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from scriptlint.model.record import dataclass, field
from scriptlint.readers._blocks import Block
from scriptlint.readers._docxstyles import VAL, Look
from scriptlint.readers._grid import Cell, described
from scriptlint.readers._ooxml import child, children, local
from scriptlint.readers._raw import SpeakerNames

_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "del", "moveFrom", "smartTag"))


@dataclass(slots=True)
class Table:
    """A table that is being read, and where its cells went among the blocks."""

    look: Look
    """What its style says of all text in it."""
    cells: list[tuple[int, Cell]] = field(default_factory=list)


@dataclass(slots=True)
class TableCell:
    """A cell that is being read."""

    element: Element
    table: Table
    name: str
    """Its place as people count: ``table 2 R3C1``."""
    row: int
    column: int
    header: bool
    hidden: bool
    deleted: bool
    alone: bool
    """True for the only cell of its row, which is layout rather than a table."""
    tables: int = 0
    """Tables inside it so far."""

    def took(self, index: int, text: str) -> None:
        """Note that a paragraph of this cell is the block of that number."""
        self.table.cells.append((index, Cell(self.row, self.column, text, self.header)))


def cells_of(element: Element, table: Table, name: str) -> Iterator[TableCell]:
    """The cells of a table in order. ``name`` is what the table is called."""
    for row, tr in enumerate(_wrapped(element, "tr")):
        properties = child(tr, "trPr")
        header = child(properties, "tblHeader") is not None
        hidden = child(properties, "hidden") is not None
        deleted = child(properties, "del") is not None
        cells = list(_wrapped(tr, "tc"))
        column = _number(properties, "gridBefore")
        for number, tc in enumerate(cells, 1):
            own = child(tc, "tcPr")
            gone = deleted or child(own, "cellDel") is not None
            place = f"{name} R{row + 1}C{number}"
            yield TableCell(tc, table, place, row, column, header, hidden, gone, len(cells) == 1)
            column += max(_number(own, "gridSpan"), 1)


def speaking(table: Table, blocks: list[Block], names: SpeakerNames, records: int) -> None:
    """Give the blocks of a table their column headers, records and speakers. Records count on from ``records``."""
    words: dict[tuple[int, int], str] = {}
    for _, cell in table.cells:
        key = cell.row, cell.column
        words[key] = f"{words[key]}\n{cell.text}" if key in words else cell.text
    first = min((cell.row for _, cell in table.cells), default=0)
    # How long the words of a column are is a matter of whole cells, not of their paragraphs.
    whole = [
        cell if cell.row == first else Cell(cell.row, cell.column, words[cell.row, cell.column], cell.header)
        for _, cell in table.cells
    ]
    indices = [index for index, _ in table.cells]
    found = described([blocks[index] for index in indices], whole, names, records)
    for index, block in zip(indices, found, strict=True):
        blocks[index] = block


def _wrapped(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, those inside content controls and tracked changes too."""
    for element in children(parent):
        if local(element) == name:
            yield element
        elif local(element) in _WRAPPERS:
            yield from _wrapped(element, name)


def _number(properties: Element | None, name: str) -> int:
    value = child(properties, name)
    text = value.get(VAL, "") if value is not None else ""
    return int(text) if text.isdecimal() and len(text) < 4 else 0
