"""The tables of a page while it is read: which cell is where, and the blocks that went into each."""

from __future__ import annotations

from collections.abc import Mapping

from scriptlint.model.record import dataclass, field
from scriptlint.readers._blocks import Block
from scriptlint.readers._grid import Cell, described
from scriptlint.readers._htmlattrs import Attribute
from scriptlint.readers._raw import SpeakerNames


@dataclass(slots=True)
class _Table:
    """A table being read: where its cells went among the blocks, and which places row spans still fill."""

    cells: list[tuple[int, Cell]] = field(default_factory=list)
    row: int = -1
    column: int = 0
    here: Cell | None = None
    filled: dict[tuple[int, int], bool] = field(default_factory=dict)


class Tables:
    """The tables that are open, the innermost last."""

    def __init__(self, names: SpeakerNames) -> None:
        self.records = 0
        self._names = names
        self._open: list[_Table] = []

    def begin(self) -> None:
        """A table begins."""
        self._open.append(_Table())

    def cell(self, tag: str, given: Mapping[str, Attribute]) -> None:
        """A row or cell begins; outside of a table it is none."""
        if not self._open:
            return
        table = self._open[-1]
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

    def end_cell(self) -> None:
        """A cell ends."""
        if self._open:
            self._open[-1].here = None

    def took(self, index: int, text: str) -> None:
        """The block of this number stands in the open cell."""
        here = self._open[-1].here if self._open else None
        if here is not None:
            self._open[-1].cells.append((index, Cell(here.row, here.column, text, here.header)))

    def end(self, blocks: list[Block]) -> None:
        """A table ends: its cells learn their columns and speakers."""
        if not self._open:
            return
        table = self._open.pop()
        indices = [index for index, _ in table.cells]
        cells = [cell for _, cell in table.cells]
        own = [blocks[index] for index in indices]
        for index, block in zip(indices, described(own, cells, self._names, self.records), strict=True):
            blocks[index] = block
        self.records += table.row + 1


def _spans(given: Mapping[str, Attribute], name: str) -> int:
    """How many rows or columns a cell takes; absurd numbers count as one."""
    value = given[name].value.strip() if name in given else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 3 and int(value) > 0 else 1
