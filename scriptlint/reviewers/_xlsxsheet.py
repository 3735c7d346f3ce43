"""Adds a sheet to a workbook that lists all findings, each as text and with a link to its cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from unicodedata import east_asian_width

from scriptlint.model.document import ReadError
from scriptlint.readers._ooxml import inside, related
from scriptlint.readers._package import parse_xml
from scriptlint.reviewers import Remark
from scriptlint.reviewers._rawxml import Edit, escaped, find, spliced
from scriptlint.reviewers._xlsxcopy import LINKS, MAIN, Copy, into

_NAMES = {"zh": "合规检查", "en": "Findings"}
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "zh": ("级别", "规则", "位置", "原文", "说明", "依据", "建议"),
    "en": ("Level", "Rule", "Place", "Words", "Finding", "Basis", "Suggestion"),
}
_WIDTHS = (8, 26, 24, 44, 44, 44, 44)
_LONGEST = 32_000
_LINE, _HIGHEST = 15, 400
"""Points of a line of text, and of the highest row that Excel shows."""
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def listed(copy: Copy, workbook: str, remarks: Sequence[tuple[Remark, str]], lang: str) -> str:
    """Add the sheet; gives its name. Each remark comes with the reference of its cell, or nothing."""
    style = _wrapped(copy, workbook)
    part = copy.free("xl/worksheets/sheet{}.xml")
    copy.changed[part] = _sheet(remarks, _HEADERS.get(lang, _HEADERS["en"]), style).encode()
    copy.typed(part, _TYPE)
    link = copy.link(workbook, "worksheet", part)
    data = copy.read(workbook)
    sheets = list(inside(parse_xml(data, workbook), "sheet"))
    taken = {entry.get("name", "").lower() for entry in sheets}
    number = max((int(found) for entry in sheets if (found := entry.get("sheetId", "")).isdecimal()), default=0) + 1
    name = first = _NAMES.get(lang, _NAMES["en"])
    while name.lower() in taken:
        name = f"{first} {number}"
        number += 1
    new = f'<sheet xmlns="{MAIN}" xmlns:r="{LINKS}" name="{name}" sheetId="{number}" r:id="{link}"/>'
    try:
        copy.changed[workbook] = into(data, "sheets", new.encode())
    except LookupError:
        raise ReadError(
            "this workbook has no list of sheets", hint="save it anew in the program that made it"
        ) from None
    return name


def _sheet(remarks: Sequence[tuple[Remark, str]], headers: Sequence[str], style: int | None) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(_WIDTHS, 1)
    )
    rows = [_row(1, headers, None)]
    links: list[str] = []
    for number, (remark, cell) in enumerate(remarks, 2):
        level, message, clauses, suggestion = remark.columns
        place = remark.locator or "–"
        values = (
            level or remark.level.word,
            remark.rule,
            place,
            remark.excerpt,
            message or remark.text,
            clauses,
            suggestion,
        )
        rows.append(_row(number, values, style))
        if cell:
            links.append(f'<hyperlink ref="C{number}" location="{escaped(cell)}" display="{escaped(place)}"/>')
    filters = f'<autoFilter ref="A1:G{len(rows)}"/>'
    jumps = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}"><sheetViews>'
        '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>{filters}{jumps}</worksheet>"
    )


def _row(number: int, values: Sequence[str], style: int | None) -> str:
    """A row of text. Text stays text whatever it begins with: no cell here can be a formula."""
    look = f' s="{style}"' if style is not None else ""
    cells = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"{look}><is><t xml:space="preserve">{escaped(_cut(value))}</t></is></c>'
        for at, value in enumerate(values)
    )
    return f'<row r="{number}" ht="{_height(values)}" customHeight="1">{cells}</row>'


def _height(values: Sequence[str]) -> int:
    """Points a row takes when its texts wrap. Not every program fits rows itself."""
    lines = 1
    for value, width in zip(values, _WIDTHS, strict=True):
        wide = (sum(2 if east_asian_width(char) in "WFA" else 1 for char in line) for line in value[:2000].split("\n"))
        lines = max(lines, sum(max(1, -(-each // (width - 1))) for each in wide))
    return min(_LINE * lines, _HIGHEST)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _wrapped(copy: Copy, workbook: str) -> int | None:
    """A style for text that wraps and stays text when it is edited; None where the workbook has no styles."""
    link = next(iter(related(copy.package, workbook, "styles")), None)
    if link is None:
        return None
    data = copy.read(link.target)
    root = parse_xml(data, link.target)
    elements = list(root.iter())
    holder = next((number for number, element in enumerate(elements) if element.tag.endswith("}cellXfs")), None)
    if holder is None:
        return None
    count = sum(1 for _ in inside(elements[holder], "xf"))
    new = (
        f'<xf xmlns="{MAIN}" numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" '
        'applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    )
    data = into(data, "cellXfs", new.encode(), which=holder)
    tag = find(data, {holder})[holder]
    counted = re.sub(rb'count="[0-9]+"', f'count="{count + 1}"'.encode(), data[tag.start : tag.inside])
    copy.changed[link.target] = spliced(data, [Edit(tag.start, tag.inside, 0, counted)])
    return count
