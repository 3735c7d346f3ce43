"""Office files written by hand for tests: as small as they can be, or wrong in a way no program writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def relations(*links: tuple[str, str, str]) -> str:
    """A part of links: id, kind, target."""
    inner = "".join(f'<Relationship Id="{i}" Type="{RELATIONS}/{kind}" Target="{to}"/>' for i, kind, to in links)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def workbook_parts(*sheets: str, styles: str = "", strings: str = "", attributes: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook whose sheets hold this XML below ``worksheet``; ``attributes`` go to the first sheet."""
    names = "".join(
        f'<sheet name="表{n}" sheetId="{n}" r:id="r{n}" {attributes if n == 1 else ""}/>'
        for n in range(1, len(sheets) + 1)
    )
    links = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(("o", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>',
    }
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>'
        links.append(("s", "styles", "styles.xml"))
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{SHEET}">{strings}</sst>'
        links.append(("t", "sharedStrings", "sharedStrings.xml"))
    parts["xl/_rels/workbook.xml.rels"] = relations(*links)
    for number, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{SHEET}" xmlns:r="{RELATIONS}">{sheet}</worksheet>'
        )
    return parts


def rows(*cells: str) -> str:
    """Sheet data with one row for each run of cells."""
    inner = "".join(f'<row r="{number}">{row}</row>' for number, row in enumerate(cells, 1))
    return f"<sheetData>{inner}</sheetData>"


def inline(text: str, attributes: str = "") -> str:
    """A cell with its text inside."""
    return f'<c t="inlineStr" {attributes}><is><t>{text}</t></is></c>'
