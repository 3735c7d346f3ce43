"""What the part of a worksheet holds beside the text of its cells: merges, prompts, choices, page headers.

Also the names of cells, and the bounds within which a workbook is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from scriptlint.model.document import Prominence
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, field
from scriptlint.readers._ooxml import unescaped
from scriptlint.readers._workbook import SPREADSHEET

MOST_CELLS = 500_000
"""Cells with text in all sheets together; what stands after them is not read."""
MOST_CHARACTERS = 30_000_000
MOST_ELEMENTS = 5_000_000
"""Cells, the empty ones among them, and rows."""
_EXTENSION = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_FORMULAS = "http://schemas.microsoft.com/office/excel/2006/main}"
_REFERENCE = lazy_re(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_HEADERS = ("oddHeader", "evenHeader", "firstHeader")
_FOOTERS = ("oddFooter", "evenFooter", "firstFooter")


class CellText(NamedTuple):
    """Text of a cell, or the shown or the hidden part of it. Row and column count from 0."""

    row: int
    column: int
    text: str
    look: Prominence | None


class Merge(NamedTuple):
    """Cells that are one; the first and the last row and column."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Content:
    """What stands in the part of one sheet."""

    cells: list[CellText] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    prompts: list[tuple[str, str, str]] = field(default_factory=list)
    """Place, what it is (``prompt``, ``choice`` …), text."""
    headers: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    not_calculated: list[str] = field(default_factory=list)
    """Cells whose formula has no stored result."""
    pictures: list[str] = field(default_factory=list)
    """Cells that show a picture."""
    complete: bool = True


class Budget:
    """How much of a workbook may still be read."""

    def __init__(self) -> None:
        self.cells = MOST_CELLS
        self.characters = MOST_CHARACTERS
        self.elements = MOST_ELEMENTS

    def spend(self, text: str) -> bool:
        """Take one cell off; False when there is nothing left."""
        self.cells -= 1
        self.characters -= len(text)
        return self.cells >= 0 and self.characters >= 0

    def seen(self) -> None:
        """Count a cell or row. Raises Enough when there are more than any sheet needs."""
        self.elements -= 1
        if self.elements < 0:
            raise Enough


class Enough(Exception):
    """The budget is spent."""


def reference(text: str) -> tuple[int, int] | None:
    """Row and column from 0 of a cell's name (``B2``); None when it is none."""
    match = _REFERENCE.match(text)
    return (int(match[2]) - 1, column_number(match[1])) if match and int(match[2]) else None


def column_number(letters: str) -> int:
    """The number from 0 of a column's letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """The letters of a column."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Extras:
    """The handlers for what is no cell. Part of a sink; ``data`` is where it gathers text."""

    def __init__(self, content: Content, budget: Budget, data: list[str]) -> None:
        self._content = content
        self._budget = budget
        self._data = data
        self._validation: dict[str, str] | None = None
        starts: dict[str, Callable[[dict[str, str]], None]] = {
            "mergeCell": self._merge,
            "hyperlink": self._hyperlink,
            "dataValidation": self._validation_begins,
            "formula1": self._clear,
            **dict.fromkeys((*_HEADERS, *_FOOTERS), self._clear),
        }
        ends: dict[str, Callable[[], None]] = {
            "dataValidation": self._validation_ends,
            "formula1": self._choice_ends,
            **dict.fromkeys(_HEADERS, self._header_ends),
            **dict.fromkeys(_FOOTERS, self._footer_ends),
        }
        self.starts = {space + name: act for name, act in starts.items() for space in SPREADSHEET}
        self.ends = {space + name: act for name, act in ends.items() for space in SPREADSHEET}
        self.starts |= {
            _EXTENSION + "dataValidation": self._validation_begins,
            _FORMULAS + "f": self._clear,
            _FORMULAS + "sqref": self._clear,
        }
        self.ends |= {
            _EXTENSION + "dataValidation": self._validation_ends,
            _EXTENSION + "formula1": self._choice_ends,
            _FORMULAS + "sqref": self._place_ends,
        }

    def _clear(self, _: Mapping[str, str]) -> None:
        del self._data[:]

    def _merge(self, attributes: Mapping[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        start, end = reference(first), reference(last)
        if start and end and end[0] >= start[0] and end[1] >= start[1]:
            self._content.merges.append(Merge(*start, *end))

    def _hyperlink(self, attributes: Mapping[str, str]) -> None:
        self._prompt(attributes.get("ref", ""), "tooltip", attributes.get("tooltip", ""))

    def _prompt(self, place: str, what: str, text: str) -> None:
        text = unescaped(text)
        if text.strip():
            if not self._budget.spend(text):
                raise Enough
            first = re.split(r"[\s:]", place.strip(), maxsplit=1)[0].replace("$", "")
            self._content.prompts.append((first, what, text))

    def _validation_begins(self, attributes: dict[str, str]) -> None:
        self._validation = attributes

    def _choice_ends(self) -> None:
        if self._validation is not None and self._validation.get("type") == "list":
            self._validation["choices"] = "".join(self._data)

    def _place_ends(self) -> None:
        if self._validation is not None:
            self._validation.setdefault("sqref", "".join(self._data))

    def _validation_ends(self) -> None:
        found, self._validation = self._validation or {}, None
        place = found.get("sqref", "")
        for what in ("promptTitle", "prompt", "errorTitle", "error"):
            self._prompt(place, what, found.get(what, ""))
        choices = found.get("choices", "").strip()
        if choices.startswith('"'):
            listed = choices.strip('"').replace('""', '"').split(",")
            self._prompt(place, "choice", "\n".join(choice.strip() for choice in listed if choice.strip()))

    def _header_ends(self) -> None:
        self._content.headers.append("".join(self._data))

    def _footer_ends(self) -> None:
        self._content.footers.append("".join(self._data))
