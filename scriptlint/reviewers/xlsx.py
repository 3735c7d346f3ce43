"""Excel: each remark as a comment on its cell, and a sheet that lists all of them. No cell changes by a byte.

A cell has one comment: a remark on a cell that has one stands behind it. Where Excel shows no comment (page headers,
cells with a conversation, files inside the workbook) the remark stands in the list only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scriptlint.model.document import Document, ReadError
from scriptlint.readers import RawFile
from scriptlint.reviewers import Annotated, Marking, Remark

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")

MOST_COMMENTS = 65_000
"""Comments that Excel opens a sheet with."""
_PLACE = {"zh": "位置：", "en": "Place: "}


def annotate(raw: RawFile, document: Document, remarks: Sequence[Remark], marking: Marking) -> Annotated:  # noqa: ARG001
    """The bytes of a copy with the remarks. Raises ReadError when the file cannot be written."""
    from xml.parsers.expat import ExpatError

    from scriptlint.readers._workbook import workbook
    from scriptlint.reviewers._packages import copied
    from scriptlint.reviewers._xlsxcomments import commented
    from scriptlint.reviewers._xlsxcopy import MAIN, Copy
    from scriptlint.reviewers._xlsxsheet import listed

    if not remarks:
        return Annotated(raw.data)
    book = workbook(raw.data)
    copy = Copy(book.package)
    if MAIN.encode() not in copy.read(book.part):
        raise ReadError(
            "comments cannot be written into workbooks of strict Office XML",
            hint="save it as an ordinary .xlsx workbook",
        )
    if len(remarks) > MOST_COMMENTS:
        raise ReadError(
            f"{len(remarks)} remarks are more than Excel opens a sheet with",
            hint="choose rules with --select, or split the file",
        )
    parts = {sheet.name: sheet.part for sheet in book.sheets if sheet.kind == "worksheet" and sheet.part}
    texts: dict[str, dict[str, list[str]]] = {}
    placed: list[tuple[Remark, str, str]] = []
    for remark in remarks:
        sheet, cell, exact = _cell(remark.locator, parts)
        placed.append((remark, sheet, cell))
        if cell:
            place = "" if exact else f"{_PLACE.get(marking.lang, _PLACE['en'])}{remark.locator}\n"
            texts.setdefault(sheet, {}).setdefault(cell, []).append(place + remark.text)
    try:
        refused = {
            (sheet, cell)
            for sheet, cells in texts.items()
            for cell in commented(copy, parts[sheet], _joined(cells), marking.author)
        }
        listed(copy, book.part, [(remark, _reference(sheet, cell)) for remark, sheet, cell in placed], marking.lang)
    except (LookupError, ValueError, ExpatError) as error:
        raise ReadError(
            f"comments cannot be written into this workbook: {error}", hint="save it anew in the program that made it"
        ) from error
    elsewhere = tuple(remark for remark, sheet, cell in placed if not cell or (sheet, cell) in refused)
    return Annotated(copied(raw.data, copy.changed), elsewhere)


def _joined(cells: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {cell: "\n\n".join(said) for cell, said in cells.items()}


def _cell(locator: str, sheets: Iterable[str]) -> tuple[str, str, bool]:
    """The sheet and cell of a place, and whether the place is that cell and not only near it (a text box)."""
    import re

    for sheet in sorted(sheets, key=len, reverse=True):  # names of sheets may hold what stands between the parts
        if locator.startswith(sheet + "!"):
            found = re.match(r"([A-Z]{1,3}[1-9][0-9]{0,6})(?= |$)", locator[len(sheet) + 1 :])
            if found:
                return sheet, found[1], len(locator) == len(sheet) + 1 + found.end()
    return "", "", False


def _reference(sheet: str, cell: str) -> str:
    """A place as formulas and links write it."""
    return "'{}'!{}".format(sheet.replace("'", "''"), cell) if cell else ""
