"""Where the tables of a sheet are: titles above them, bands between their rows, and what their columns are called.

Tables stand one below the other, or side by side with an empty column between. A row with one cell above a table is
its title; one merged over several columns inside a table is a band that heads the rows below it. Rows after an empty
row go on with the table above unless they begin with names of columns of their own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, replace
from scriptlint.readers._grid import Cell, looks_like_header
from scriptlint.readers._headers import header_role, is_role_field, is_text_field
from scriptlint.readers._sheetextras import CellText, Merge

_SENTENCE = lazy_re("[。！？；!?;\n]")
_LONGEST_HEADING = 40
_LONGEST_REMAINDER = 8
"""Characters of a row that has only its first cell, up to which it is a row of the table and no note below it."""

Row = Sequence[CellText]


@dataclass(frozen=True, slots=True)
class Line:
    """A cell that belongs to no table. A heading stands above what follows, a title above a whole table."""

    cell: CellText
    heading: bool
    title: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table and the lines between them, in order.

    ``labels`` are the names of columns where those of the first row would not do; ``marked`` is True when the file
    says that the first row holds names.
    """

    parts: Sequence[Row | Line]
    marked: bool = False
    labels: Mapping[int, str] | None = None

    @property
    def rows(self) -> list[Row]:
        """The rows without the lines between them."""
        return [part for part in self.parts if not isinstance(part, Line)]


def regions(cells: Iterable[CellText], merges: Sequence[Merge], heads: frozenset[int]) -> Iterator[Line | Table]:
    """The lines and tables of a sheet in the order they are read. ``heads`` are rows known to hold names of columns."""
    wide = {(merge.top, merge.left) for merge in merges if merge.right > merge.left}
    rows = [list(row) for _, row in groupby(sorted(cells, key=itemgetter(0, 1)), key=itemgetter(0))]
    last: Table | None = None
    for group in _groups(rows, heads):
        start = _titles(group, wide)
        titles, body = group[:start], group[start:]
        marked = bool(body) and body[0][0].row in heads
        if last and not titles and not marked and not _begins_anew(body, last):
            last = replace(last, parts=[*last.parts, *_with_notes(body, wide, last.rows)])
            continue
        if last:
            yield last
            last = None
        yield from (Line(cell, _is_heading(cell.text), True) for row in titles for cell in row)
        beside = _beside(body)
        for part in beside[:-1]:
            yield _table(part, wide, merges, marked)
        if beside:
            last = _table(beside[-1], wide, merges, marked)
    if last:
        yield last


def turned(table: Table) -> Table:
    """The same table read column by column, for sheets with a script in each column. Lines come first."""
    lines: list[Row | Line] = [part for part in table.parts if isinstance(part, Line)]
    cells = sorted((cell for row in table.rows for cell in row), key=itemgetter(1, 0))
    return Table([*lines, *(list(column) for _, column in groupby(cells, key=itemgetter(1)))])


def cells_of(table: Table, merges: Sequence[Merge], *, by_column: bool = False) -> tuple[list[Cell], list[Cell]]:
    """The cells of a table as ``described`` takes them, and those that a merge fills with the words of another.

    ``by_column`` is for a turned table: its columns count as rows.
    """
    rows = table.rows
    if table.labels is not None:
        return _under_two_rows(rows, table.labels), _filled(rows[2:], merges, False)
    found: list[Cell] = []
    for index, row in enumerate(rows):
        header = table.marked and index == 0
        if by_column:
            found.extend([Cell(column, number, text, header) for number, column, text, _ in row])
        else:
            found.extend([Cell(number, column, text, header) for number, column, text, _ in row])
    return found, _filled(rows, merges, by_column)


def _under_two_rows(rows: Sequence[Row], labels: Mapping[int, str]) -> list[Cell]:
    """Two rows of names as one, the lower."""
    top, names, *body = rows
    number, below = names[0].row, _columns(names)
    found = [Cell(number, cell.column, "" if cell.column in below else labels[cell.column], True) for cell in top]
    found.extend([Cell(number, cell.column, labels[cell.column], True) for cell in names])
    found.extend([Cell(cell.row, cell.column, cell.text) for row in body for cell in row])
    return found


def _filled(rows: Sequence[Row], merges: Sequence[Merge], by_column: bool) -> list[Cell]:
    """The cells under (or right of) one that is merged over several rows: they say what it says."""
    texts = {(cell.row, cell.column): cell.text for row in rows for cell in row}
    numbers = [row[0].column if by_column else row[0].row for row in rows]
    found: list[Cell] = []
    for merge in merges:
        text = texts.get((merge.top, merge.left))
        first, last = (merge.left, merge.right) if by_column else (merge.top, merge.bottom)
        if text is None or first == last:
            continue
        start, end = bisect_right(numbers, first), bisect_right(numbers, last)
        if len(found) + end - start > len(texts):  # merges that overlap: no program writes them
            break
        across = merge.top if by_column else merge.left
        found.extend([Cell(number, across, text) for number in numbers[start:end]])
    return found


def _groups(rows: Sequence[list[CellText]], heads: frozenset[int]) -> Iterator[list[list[CellText]]]:
    """Rows that follow one another without an empty one; known names of columns begin a group."""
    group: list[list[CellText]] = []
    for row in rows:
        if group and (row[0].row > group[-1][0].row + 1 or row[0].row in heads):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _columns(row: Row) -> set[int]:
    return {cell.column for cell in row}


def _titles(group: Sequence[Row], wide: set[tuple[int, int]]) -> int:
    """How many rows at the top of a group stand above its table."""
    if not any(len(_columns(row)) > 1 for row in group):
        # Nothing but single cells: those merged over columns at the top are titles of the rest.
        count = 0
        while count < len(group) and (group[count][0].row, group[count][0].column) in wide:
            count += 1
        return count
    count = 0
    while len(_columns(group[count])) == 1:
        count += 1
    merged = all((row[0].row, row[0].column) in wide for row in group[:count])
    return count if merged or looks_like_header([cell.text for cell in group[count]]) else 0


def _begins_anew(body: Sequence[Row], last: Table) -> bool:
    """True when rows after an empty one are a table of their own."""
    if not body:
        return True
    columns = set().union(*(_columns(row) for row in body))
    if not columns & set().union(*(_columns(row) for row in last.rows)):
        return True
    if len(body) < 2:
        return False
    names = [cell.text for cell in body[0]]
    if not looks_like_header(names) or not last.rows:
        return False
    before = {cell.text for cell in last.rows[0]}
    return any(name in before or header_role(name) or is_role_field(name) or is_text_field(name) for name in names)


def _beside(body: Sequence[Row]) -> list[list[Row]]:
    """The tables that stand side by side in these rows, each with names of its own over several columns."""
    used = sorted(set().union(*(_columns(row) for row in body)))
    starts = [column for before, column in zip([-2, *used], used, strict=False) if column > before + 1]
    if len(starts) < 2:
        return [list(body)] if body else []
    parts: list[list[Row]] = []
    for start, end in zip(starts, [*starts[1:], used[-1] + 1], strict=True):
        part = [[cell for cell in row if start <= cell.column < end] for row in body]
        parts.append([row for row in part if row])
    named = all(
        len(part) > 1 and len(_columns(part[0])) > 1 and looks_like_header([cell.text for cell in part[0]])
        for part in parts
    )
    return parts if named else [list(body)]


def _table(rows: Sequence[Row], wide: set[tuple[int, int]], merges: Sequence[Merge], marked: bool) -> Table:
    labels = _two_rows_of_names(rows, wide, merges)
    return Table(_with_notes(rows, wide, rows), marked, labels)


def _with_notes(rows: Sequence[Row], wide: set[tuple[int, int]], table: Sequence[Row]) -> list[Row | Line]:
    """Rows of a table that has several columns, its bands and the notes below it as lines."""
    if not any(len(_columns(row)) > 1 for row in table):
        return list(rows)
    end = len(rows)
    while end and _is_note(rows[end - 1], table[0]):
        end -= 1
    notes = [Line(cell, False, False) for row in rows[end:] for cell in row]
    return [*_banded(rows[:end], wide), *notes]


def _banded(rows: Sequence[Row], wide: set[tuple[int, int]]) -> list[Row | Line]:
    """Rows, those that are one cell over several columns as lines."""
    found: list[Row | Line] = []
    for row in rows:
        if len(_columns(row)) == 1 and (row[0].row, row[0].column) in wide:
            found.extend(Line(cell, _is_heading(cell.text), False) for cell in row)
        else:
            found.append(row)
    return found


def _is_note(row: Row, first: Row) -> bool:
    """True for a row below a table that has only its first cell, and that long."""
    return len(_columns(row)) == 1 and row[0].column <= first[0].column and len(row[0].text) > _LONGEST_REMAINDER


def _is_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not _SENTENCE.search(text.strip())


def _two_rows_of_names(
    rows: Sequence[Row], wide: set[tuple[int, int]], merges: Sequence[Merge]
) -> Mapping[int, str] | None:
    """The names of columns that stand under a merged one (客户 over 问题 and 追问); None where there are none."""
    if len(rows) < 3 or not any((cell.row, cell.column) in wide for cell in rows[0]):
        return None
    top, below = rows[0], rows[1]
    if not all(looks_like_header([cell.text for cell in row]) for row in (top, below)):
        return None
    above: dict[int, str] = {cell.column: cell.text for cell in top}
    for merge in merges:
        if merge.top == top[0].row and merge.left in above:
            above.update(dict.fromkeys(range(merge.left, min(merge.right, merge.left + 500) + 1), above[merge.left]))
    names = dict(above)
    for cell in below:
        outer = above.get(cell.column, "")
        telling = header_role(cell.text) or is_role_field(cell.text) or is_text_field(cell.text)
        if not telling and outer and (header_role(outer) or is_role_field(outer)):
            names[cell.column] = outer
        else:
            names[cell.column] = cell.text if telling or not outer else f"{outer} {cell.text}"
    return names
