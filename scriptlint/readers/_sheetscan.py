"""One pass over a worksheet: the texts of its cells with their looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from scriptlint.model.document import Prominence
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import replace
from scriptlint.readers._looks import Run, parted
from scriptlint.readers._ooxml import truth, unescaped
from scriptlint.readers._sheetextras import Budget, CellText, Content, Enough, Extras, column_letters, reference
from scriptlint.readers._workbook import SPREADSHEET, CellStyle, Rich, RichText, Workbook

_MOST_COLUMNS = 16_384
_PICTURE = lazy_re(r"=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)


class SheetScan:
    """The sink of a worksheet. ``hidden`` is whether the sheet is."""

    def __init__(self, book: Workbook, budget: Budget, *, hidden: bool) -> None:
        self.content = Content()
        self._book = book
        self._budget = budget
        self._hidden = hidden
        self._rich = RichText(book.colours)
        self._data = self._rich.data
        self.text = self._data.append
        self._row = self._column = -1
        self._row_hidden = hidden
        self._kind: str | None = None
        self._style: str | None = None
        self._value: str | None = None
        self._inline = False
        self._formula: str | None = None
        self._in_cell = False
        self._picture = False
        self._columns: dict[str, int] = {}
        self._hidden_columns: list[tuple[int, int]] = []
        self._column_hidden: dict[int, bool] = {}
        self._seen: dict[tuple[str | None, str], str] = {}
        self._looks: dict[tuple[str | None, bool], Prominence | None] = {}
        starts: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._row_begins,
            "c": self._cell_begins,
            "v": self._clear,
            "f": self._clear,
            "is": self._inline_begins,
            "col": self._column_settings,
        }
        ends: dict[str, Callable[[], None]] = {
            "c": self._cell_ends,
            "v": self._value_ends,
            "f": self._formula_ends,
        }
        extras = Extras(self.content, budget, self._data)
        own = {space + name: act for name, act in starts.items() for space in SPREADSHEET}
        self._starts = own | self._rich.starts | extras.starts
        self._ends = {space + name: act for name, act in ends.items() for space in SPREADSHEET}
        self._ends |= self._rich.ends | extras.ends

    def start(self, name: str, attributes: dict[str, str]) -> None:
        act = self._starts.get(name)
        if act is not None:
            act(attributes)

    def end(self, name: str) -> None:
        act = self._ends.get(name)
        if act is not None:
            act()

    # -- cells --------------------------------------------------------------------------------------------

    def _row_begins(self, attributes: Mapping[str, str]) -> None:
        self._budget.seen()
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isdecimal() and len(number) < 8 and int(number) else self._row + 1
        self._column = -1
        height = attributes.get("ht")
        self._row_hidden = self._hidden or truth(attributes.get("hidden")) or (height is not None and _zero(height))

    def _cell_begins(self, attributes: dict[str, str]) -> None:
        self._budget.seen()
        name = attributes.get("r")
        if name is None:
            self._column += 1
        else:
            letters = name.rstrip("0123456789")
            column = self._columns.get(letters)
            if column is None:
                place = reference(name)
                column = place[1] if place else self._column + 1
                if len(self._columns) < _MOST_COLUMNS:
                    self._columns[letters] = column
            self._column = column
        self._kind = attributes.get("t")
        self._style = attributes.get("s")
        self._value = self._formula = None
        self._inline = False
        self._in_cell = True
        self._picture = "vm" in attributes and self._kind == "e"

    def _inline_begins(self, _: Mapping[str, str]) -> None:
        self._inline = True
        self._rich.clear()

    def _clear(self, _: Mapping[str, str]) -> None:
        del self._data[:]

    def _value_ends(self) -> None:
        self._value = "".join(self._data)

    def _formula_ends(self) -> None:
        if self._in_cell:
            self._formula = "".join(self._data)

    def _cell_ends(self) -> None:
        self._in_cell = False
        value = self._value
        if self._formula is not None and self._without_result():
            return
        if self._inline:
            self._add_rich(self._rich.take())
            return
        if not value:
            return
        if self._kind == "s":
            try:
                rich = self._book.strings[int(value)]
            except (ValueError, IndexError):
                return
            if isinstance(rich, str):
                self._add(rich, words=True)
            else:
                self._add_rich(rich)
        elif self._picture:
            self.content.pictures.append(self._name())
        elif self._kind in (None, "n"):
            self._add(value, words=False)
        elif self._kind == "b":
            self._add_as_shown("TRUE" if value == "1" else "FALSE", shown=True)
        else:
            self._add(unescaped(value), words=True)

    def _without_result(self) -> bool:
        """True for a formula that shows nothing we could read: no stored result, or a picture (WPS)."""
        if self._formula and _PICTURE.match(self._formula):
            self.content.pictures.append(self._name())
            return True
        missing = not self._value and self._kind != "str" and not self._inline
        # Writers that calculate nothing store 0 and ask whoever opens the file to calculate.
        guessed = self._book.stale and self._value == "0" and self._kind in (None, "n")
        if missing or guessed:
            self.content.not_calculated.append(self._name())
        return missing or guessed

    def _add(self, value: str, *, words: bool) -> None:
        format = self._book.style(self._style).format
        if words:
            text, shown = (value, True) if format.plain else format.text(value)
        elif format.plain and value.isdecimal():
            text, shown = value, True
        else:
            text, shown = format.number(value, from_1904=self._book.from_1904)
        self._add_as_shown(text, shown=shown)

    def _add_as_shown(self, text: str, *, shown: bool) -> None:
        if not text or text.isspace():
            return
        if not self._budget.spend(text):
            raise Enough
        look = self._look(not shown or self._row_hidden or self._column_is_hidden())
        self.content.cells.append(CellText(self._row, self._column, text, look))

    def _add_rich(self, rich: Rich) -> None:
        if isinstance(rich, str):
            self._add(rich, words=True)
            return
        style = self._book.style(self._style)
        hidden = self._row_hidden or self._column_is_hidden()
        looks = [Run(run.text, _run_look(run.look, style, hidden)) for run in rich]
        for run in parted(looks):
            if not self._budget.spend(run.text):
                raise Enough
            self.content.cells.append(CellText(self._row, self._column, run.text, run.look))

    def _look(self, hidden: bool) -> Prominence | None:
        key = self._style, hidden
        if key not in self._looks:
            look = self._book.style(self._style).look
            self._looks[key] = replace(look or Prominence(), hidden=True) if hidden else look
        return self._looks[key]

    def _column_is_hidden(self) -> bool:
        if not self._hidden_columns:
            return False
        column = self._column
        if column not in self._column_hidden:
            self._column_hidden[column] = any(first <= column <= last for first, last in self._hidden_columns)
        return self._column_hidden[column]

    def _name(self) -> str:
        return f"{column_letters(self._column)}{self._row + 1}"

    # -- the rest -----------------------------------------------------------------------------------------

    def _column_settings(self, attributes: Mapping[str, str]) -> None:
        width = attributes.get("width")
        if not truth(attributes.get("hidden")) and not (width is not None and _zero(width)):
            return
        first, last = attributes.get("min", ""), attributes.get("max", "")
        plausible = first.isdecimal() and last.isdecimal() and len(first + last) < 16
        if plausible and len(self._hidden_columns) < _MOST_COLUMNS:
            self._hidden_columns.append((int(first) - 1, int(last) - 1))


def _run_look(own: Prominence | None, style: CellStyle, hidden: bool) -> Prominence | None:
    base = style.look or Prominence()
    own = own or base
    colour = own.colour
    look = Prominence(own.size_pt or base.size_pt, hidden or colour == style.paper, colour)
    return look if look != Prominence() else None


def _zero(measure: str) -> bool:
    try:
        return float(measure) == 0
    except ValueError:
        return False
