"""Tables of every format: which row is the header, and whose words stand in a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scriptlint.model.document import Role
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.model.span import Span
from scriptlint.readers._blocks import Block, relabelled
from scriptlint.readers._dialogue import Speakers
from scriptlint.readers._headers import header_role, is_role_field, is_text_field, set_off
from scriptlint.readers._prose import trimmed
from scriptlint.readers._raw import SpeakerNames

_BAR = lazy_re(r"\\.|`[^`\n]*`|\|")
_TEMPLATE = lazy_re(r"\{\{[^{}\n]{1,120}\}\}|\{%[^%\n]{1,120}%\}")
_SENTENCE = lazy_re("[。！？；!?]|，.*，")
_NUMBER = lazy_re(r"[\d\s.,:/%+\-]+")
_TALK = 8
"""Characters that a column of spoken words has in the middle; names and codes are shorter."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: row and column from 0, its words, and whether it is marked as a header."""

    row: int
    column: int
    text: str
    header: bool = False


def split_row(source: str, line: Span) -> list[Span]:
    """The cells of a row of a Markdown table."""
    text = source[line.start : line.end]
    start = line.start + (1 if text.startswith("|") else 0)
    spans: list[Span] = []
    filters = [match.span() for match in _TEMPLATE.finditer(source, start, line.end)]
    for match in _BAR.finditer(source, start, line.end):
        # {{ phone | mask }} is filled in before anybody sees a table.
        if match[0] == "|" and not any(a < match.start() < b for a, b in filters):
            spans.append(trimmed(source, Span(start, match.start())))
            start = match.end()
    if start < line.end or not spans:
        spans.append(trimmed(source, Span(start, line.end)))
    return spans


def looks_like_header(row: Sequence[str]) -> bool:
    """True when a first row holds short names: no sentences, no bare numbers."""
    named = [text.strip() for text in row if text.strip()]
    return bool(named) and not any(
        len(text) > 20 or _SENTENCE.search(text) or _NUMBER.fullmatch(text) for text in named
    )


def described(
    blocks: Sequence[Block], cells: Sequence[Cell], names: SpeakerNames, records_before: int = 0
) -> list[Block]:
    """The blocks of a table's cells, each with its column header, its row and the speaker.

    A header cell has no label. Records count rows on from ``records_before``, so that no two tables of a file
    share one. In a row that names its speaker the words are a turn.
    """
    columns = _column_headers(cells)
    side = {
        (cell.row): cell.text.strip()
        for cell in reversed(cells)
        if cell.header and cell.column == 0 and (cell.row, 0) not in columns.rows
    }
    speakers = Speakers(names)
    layout = _layout(columns.names, cells, speakers)
    said_by = {cell.row: speakers.role(cell.text) for cell in cells if cell.column == layout.speaker}
    result: list[Block] = []
    heard: dict[str, Role | None] = {"": None}
    for block, cell in zip(blocks, cells, strict=True):
        record = records_before + cell.row
        if (cell.row, cell.column) in columns.rows or cell.header:
            result.append(relabelled(block, "", None, record, turn=False))
            continue
        label = columns.names.get(cell.column) or side.get(cell.row, "")
        if label not in heard:
            heard[label] = header_role(label)
        role = layout.roles.get(cell.column) or heard[label]
        turn = layout.speaker is not None and cell.column in layout.words
        if turn:
            role = said_by.get(cell.row) or role
        result.append(relabelled(block, label, role, record, turn=turn))
    return result


@dataclass(frozen=True, slots=True)
class _Columns:
    names: Mapping[int, str]
    rows: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Layout:
    speaker: int | None
    words: frozenset[int]
    roles: Mapping[int, Role]


def _column_headers(cells: Sequence[Cell]) -> _Columns:
    """The header row: the first, when it is marked as one or looks like one and is not alone."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    if not rows:
        return _Columns({}, frozenset())
    first = rows[min(rows)]
    marked = all(cell.header for cell in first)
    unmarked = not any(cell.header for cell in cells)
    if not marked and not (unmarked and len(rows) > 1 and looks_like_header([cell.text for cell in first])):
        return _Columns({}, frozenset())
    names: dict[int, str] = {}
    for cell in first:
        names[cell.column] = " ".join(f"{names.get(cell.column, '')} {cell.text}".split())
    return _Columns(names, frozenset((cell.row, cell.column) for cell in first))


def _layout(names: Mapping[int, str], cells: Sequence[Cell], speakers: Speakers) -> _Layout:
    """Which column names the speaker, which hold what was said, and whose words a column always holds."""
    texts: dict[int, list[str]] = {}
    for cell in cells[len(names) :]:
        texts.setdefault(cell.column, []).append(cell.text.strip())
    speaker = next((column for column, name in names.items() if is_role_field(name)), None)
    if speaker is not None:
        values = [text for text in texts.get(speaker, ()) if text]
        if 2 * sum(speakers.role(text) is not None for text in values) < len(values) or not values:
            speaker = None
    roles = {
        column: role
        for column, name in names.items()
        if (role := Role.CUSTOMER if set_off(name, names.values()) else header_role(name))
    }
    words = {column for column, name in names.items() if is_text_field(name)} or set(roles)
    if speaker is not None and not words:
        words = {column for column, values in texts.items() if _middle(values) >= _TALK}
    if speaker is None:
        roles.update(_paired(names, texts, speakers))
    return _Layout(speaker, frozenset(words - {speaker}), roles)


def _paired(names: Mapping[int, str], texts: Mapping[int, Sequence[str]], speakers: Speakers) -> dict[int, Role]:
    """Columns headed 客户 and 客服: the words of each, if they are words and not names."""
    roles = {
        column: role
        for column, name in names.items()
        if (role := speakers.role(name)) and _middle(texts.get(column, ())) >= _TALK
    }
    return roles if len(set(roles.values())) > 1 else {}


def _middle(values: Sequence[str]) -> int:
    lengths = sorted(len(value) for value in values if value)
    return lengths[len(lengths) // 2] if lengths else 0
