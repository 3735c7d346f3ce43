"""Writes comments on the cells of a sheet: the part that holds them and the drawing that shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from scriptlint.readers._ooxml import child, children, local, related
from scriptlint.readers._package import parse_xml
from scriptlint.readers._sheetextras import reference
from scriptlint.reviewers._rawxml import Edit, escaped, find, spliced
from scriptlint.reviewers._xlsxcopy import LINKS, MAIN, Copy, appended, beneath_root

LONGEST = 32_000
"""Characters of a comment; Excel keeps 32 767."""
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
# What may follow a drawing in the order that the schema of a worksheet prescribes.
_AFTER = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
_PRONOUNCED = ("rPh", "phoneticPr")
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_WIDE, _HIGH = 4, 8
"""Columns and rows a comment box takes."""


def commented(copy: Copy, sheet: str, texts: Mapping[str, str], author: str) -> frozenset[str]:
    """Put texts on cells of a sheet part. A cell with a comment gets the text behind it.

    Gives the cells that take none because they have a conversation: Excel shows that and nothing else.
    """
    talked = _conversations(copy, sheet)
    refused = frozenset(cell for cell in texts if cell in talked)
    wanted = {cell: text for cell, text in texts.items() if cell not in refused}
    if not wanted:
        return refused
    name = next((link.target for link in related(copy.package, sheet, "comments")), "")
    if not name:
        name = copy.free("xl/comments{}.xml")
        copy.changed[name] = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode()
        copy.typed(name, _COMMENTS_TYPE)
        copy.link(sheet, "comments", name)
    new = _comments(copy, name, wanted, author)
    if new:
        _drawing(copy, sheet, new)
    return refused


def _conversations(copy: Copy, sheet: str) -> set[str]:
    found: set[str] = set()
    for link in related(copy.package, sheet, "threadedComment"):
        found.update(entry.get("ref", "") for entry in copy.package.xml(link.target).iter())
    return found


def _comments(copy: Copy, name: str, texts: Mapping[str, str], author: str) -> list[str]:
    """Add the texts to the part of comments; gives the cells that had none."""
    data = copy.read(name)
    root = parse_xml(data, name)
    listed, entries = child(root, "authors"), child(root, "commentList")
    if listed is None or entries is None:
        raise LookupError("its part of comments holds none")
    known = {entry.get("ref", ""): entry for entry in children(entries) if local(entry) == "comment"}
    new = [cell for cell in texts if cell not in known]
    written = "".join(
        f'<comment xmlns="{MAIN}" ref="{cell}" authorId="{len(list(children(listed)))}">'
        f"<text>{_run(texts[cell])}</text></comment>"
        for cell in new
    )
    inside = {
        listed: f'<author xmlns="{MAIN}">{escaped(author)}</author>',
        entries: written,
    }
    before: dict[Element, str] = {}
    for cell, entry in known.items():
        if cell in texts:
            holder = child(entry, "text")
            # How a text is pronounced stands behind all of it.
            aloud = next((part for part in holder if local(part) in _PRONOUNCED), None) if holder is not None else None
            if aloud is not None:
                before[aloud] = _run("\n\n" + texts[cell])
            elif holder is not None:
                inside[holder] = _run("\n\n" + texts[cell])
            else:
                inside[entry] = f'<text xmlns="{MAIN}">{_run(texts[cell])}</text>'
    numbers = {element: number for number, element in enumerate(root.iter()) if element in inside or element in before}
    found = find(data, set(numbers.values()))
    edits = [appended(data, found[numbers[element]], text.encode()) for element, text in inside.items()]
    for element, text in before.items():
        start = found[numbers[element]].start
        edits.append(Edit(start, start, 0, text.encode()))
    copy.changed[name] = spliced(data, edits)
    return new


def _run(text: str) -> str:
    if len(text) > LONGEST:
        text = text[:LONGEST] + "…"
    return f'<r xmlns="{MAIN}"><rPr><sz val="9"/></rPr><t xml:space="preserve">{escaped(text)}</t></r>'


def _drawing(copy: Copy, sheet: str, cells: list[str]) -> None:
    """Give each comment the shape that Excel shows it in, in the sheet's old drawing or a new one."""
    part = copy.read(sheet)
    places = beneath_root(part)
    name = next(
        (link.target for link in related(copy.package, sheet, "vmlDrawing") if _is_legacy(copy, sheet, link.target)), ""
    )
    if not name:
        name = copy.free("xl/drawings/vmlDrawing{}.vml")
        copy.changed[name] = f"<xml {_SPACES}></xml>".encode()
        copy.typed_suffix("vml", _DRAWING_TYPE)
        link = copy.link(sheet, "vmlDrawing", name)
        at = next((start for inner, start in places[:-1] if inner in _AFTER), places[-1][1])
        at = min(
            [
                at,
                *(start for inner, start in places[:-1] if inner == "AlternateContent" and start > _last_plain(places)),
            ]
        )
        new = f'<legacyDrawing xmlns="{MAIN}" xmlns:r="{LINKS}" r:id="{link}"/>'
        copy.changed[sheet] = spliced(part, [Edit(at, at, 0, new.encode())])
    drawing = copy.read(name)
    number = max((int(found) for found in re.findall(rb"_x0000_s([0-9]{1,9})", drawing)), default=1024)
    shapes = "" if b"_x0000_t202" in drawing else _SHAPE_TYPE.replace("<v:shapetype ", f"<v:shapetype {_SPACES} ", 1)
    for order, cell in enumerate(cells, 1):
        shapes += _shape(number + order, cell)
    end = drawing.rfind(b"</xml>")  # old drawings are not always well-formed
    copy.changed[name] = drawing[:end] + shapes.encode() + drawing[end:]


def _last_plain(places: list[tuple[str, int]]) -> int:
    """Where the last child begins that must stand before a drawing: controls may be wrapped, and come after it."""
    return max((start for name, start in places[:-1] if name not in (*_AFTER, "AlternateContent")), default=0)


def _is_legacy(copy: Copy, sheet: str, drawing: str) -> bool:
    """True for the drawing of comments and controls; another may hold the pictures of page headers."""
    links = copy.package.relations(sheet)
    wanted = next((number for number, link in links.items() if link.target == drawing), "")
    root = copy.package.xml(sheet)
    found = next((element for element in children(root) if local(element) == "legacyDrawing"), None)
    return found is not None and wanted in found.attrib.values() and b"</xml>" in copy.read(drawing)


def _shape(number: int, cell: str) -> str:
    row, column = reference(cell) or (0, 0)
    anchor = f"{column + 1}, 15, {row}, 2, {column + 1 + _WIDE}, 15, {row + _HIGH}, 4"
    return (
        f'<v:shape {_SPACES} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
        "</x:ClientData></v:shape>"
    )
