"""A workbook under way: cells that are what they say, tables that can be filtered, pages that can be printed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from scriptlint.model.report import Report
from scriptlint.reporters._html.escaping import visible
from scriptlint.reporters._html.words import Words
from scriptlint.reporters._width import width
from scriptlint.reporters._xlsxwords import WORDS

_LONGEST = 32_000
"""Characters a cell may hold; Excel's own limit is a little higher."""
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
_HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#2B3A4B", "valign": "vcenter", "text_wrap": True}


class Book:
    """The working state of one workbook."""

    def __init__(self, report: Report) -> None:
        # A run that writes no workbook should not wait for this.
        import xlsxwriter

        self.report = report
        self.words = Words(report.lang)
        self.own = WORDS[self.words.lang]
        self.titles = {rule.id: rule.title.get(report.lang) for rule in report.rulebook}
        self.data = BytesIO()
        settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book: Any = xlsxwriter.Workbook(self.data, settings)
        # The day of the rules, not of the clock: the same run gives the same bytes.
        self.book.set_properties(
            {
                "title": self.words["title"],
                "comments": self.words["disclaimer"],
                "author": "scriptlint",
                "created": datetime.fromisoformat(report.as_of),
            }
        )
        self.formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def format(self, **look: object) -> Any:
        """A look of cells; each is made once."""
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({**_FONT, **look})
        return self.formats[key]

    def put(self, sheet: Any, row: int, column: int, value: object, **look: object) -> None:
        """Write a number as a number and all else as text, whatever it begins with."""
        if isinstance(value, int):
            sheet.write_number(row, column, value, self.format(**look))
        else:
            text = visible(str(value))
            text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
            sheet.write_string(row, column, text, self.format(**look))

    def table(self, sheet: Any, heads: Sequence[tuple[str, float]], rows: int) -> None:
        """Headers that stay in sight, with a filter, and a print that repeats them."""
        for column, (name, room) in enumerate(heads):
            sheet.set_column(column, column, room)
            self.put(sheet, 0, column, name, **_HEAD, indent=1)
        sheet.set_row(0, 24)
        sheet.freeze_panes(1, 0)
        if rows:
            sheet.autofilter(0, 0, rows, len(heads) - 1)
        sheet.repeat_rows(0)
        self.page(sheet)

    def page(self, sheet: Any) -> None:
        """How a sheet prints."""
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L&8{self.words['disclaimer']}&R&8&P / &N")


def height(cells: Iterable[tuple[str, float]]) -> float:
    """The height of a row in points, by the cell that needs most lines. Not every program works it out itself."""
    lines = 1
    for text, room in cells:
        lines = max(lines, sum(max(1, math.ceil(width(line) / (room - 1))) for line in text.split("\n")))
    return min(409.0, 14.5 * lines + 5)
