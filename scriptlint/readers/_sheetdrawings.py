"""What lies over the cells of a sheet: text boxes, shapes, charts, diagrams, controls, and what has no text."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from scriptlint.model.document import Prominence, ReadError, Scope
from scriptlint.model.record import dataclass
from scriptlint.readers._colours import Palette, number
from scriptlint.readers._drawing import Style, paragraphs
from scriptlint.readers._graphics import graphic
from scriptlint.readers._looks import Run
from scriptlint.readers._ooxml import child, children, clean, inside, related
from scriptlint.readers._package import Package
from scriptlint.readers._shapes import Shape, shapes
from scriptlint.readers._sheetextras import column_letters
from scriptlint.readers._unreadparts import UnreadParts

PICTURE = "picture whose text is not read"


@dataclass(frozen=True, slots=True)
class ShapeText:
    """One paragraph over the cells. ``place`` is the cell its shape begins in; ``label`` what the text is, if special."""

    place: str
    name: str
    run: Run
    scope: Scope
    label: str = ""


def drawn(package: Package, sheet: str, where: str, colours: Palette, unread: UnreadParts) -> Iterator[ShapeText]:
    """The texts over the cells of one sheet; what cannot be read is noted as standing in ``where``."""
    said: set[str] = set()
    for link in related(package, sheet, "drawing"):
        try:
            for text in _drawing(package, link.target, where, colours, unread):
                said.update(text.run.text.split())
                yield text
        except ReadError as error:
            unread.add(where, error.message)
    for link in related(package, sheet, "vmlDrawing"):
        try:
            yield from _controls(package.xml(link.target), said)
        except ReadError as error:
            unread.add(where, error.message)
    for link in related(package, sheet, "image"):
        unread.count(where, "background picture", link.target.rsplit("/", 1)[-1])


def _drawing(package: Package, part: str, where: str, colours: Palette, unread: UnreadParts) -> Iterator[ShapeText]:
    links = package.relations(part)
    for anchor in children(package.xml(part)):
        place = _place(child(anchor, "from"))
        for shape in shapes(anchor):
            found = list(_shape(shape, place, colours))
            held = graphic(package, links, shape.element) if shape.kind == "graphicFrame" else None
            if held is not None:
                look = Prominence(hidden=True) if shape.hidden else None
                found.extend(ShapeText(place, shape.name, Run(text, look), Scope.PARAGRAPH) for text in held.texts)
                if held.unread:
                    unread.add(f"{where}!{place} / {shape.name}", held.unread)
            elif shape.kind in ("graphicFrame", "contentPart"):
                what = "drawing by hand" if shape.kind == "contentPart" else "object that is not read"
                unread.count(where, what, f"{place} {shape.name}".strip())
            yield from found
            unread.count(where, PICTURE, f"{place} {shape.name}".strip(), shape.pictures)


def _shape(shape: Shape, place: str, colours: Palette) -> Iterator[ShapeText]:
    look = Prominence(hidden=True) if shape.hidden else None
    if shape.alternative:
        yield ShapeText(place, shape.name, Run(clean(shape.alternative), look), Scope.VALUE, "alt")
    for text in shape.tooltips:
        yield ShapeText(place, shape.name, Run(clean(text), look), Scope.VALUE, "tooltip")
    if shape.body is not None:
        filled = colours.drawing(child(shape.element, "spPr", "solidFill"))
        for paragraph in paragraphs(shape.body, Style(), colours, filled):
            for run in paragraph.runs:
                scope = Scope.LIST_ITEM if paragraph.bullet else Scope.PARAGRAPH
                yield ShapeText(place, shape.name, _unseen(run) if shape.hidden else run, scope)


def _controls(root: Element, said: set[str]) -> Iterator[ShapeText]:
    """Words on buttons and boxes of old drawings. Comments are read from their own part; newer drawings say the same."""
    for shape in inside(root, "shape", "rect", "oval", "roundrect"):
        data = child(shape, "ClientData")
        if data is not None and data.get("ObjectType") == "Note":
            continue
        name = shape.get("alt") or ""
        for part in inside(shape, "textbox", "textpath"):
            text = part.get("string") or "".join(part.itertext())
            text = clean("\n".join(line.strip() for line in text.splitlines() if line.strip()))
            if text and not set(text.split()) <= said:
                yield ShapeText(_anchor(data), name, Run(text), Scope.PARAGRAPH)


def _anchor(data: Element | None) -> str:
    anchor = child(data, "Anchor")
    numbers = [part.strip() for part in (anchor.text or "").split(",")] if anchor is not None else []
    if len(numbers) < 3 or not (numbers[0].isdecimal() and numbers[2].isdecimal()):
        return ""
    return f"{column_letters(int(numbers[0][:5]))}{int(numbers[2][:7]) + 1}"


def _place(start: Element | None) -> str:
    """The cell an anchor begins in; empty for one that is bound to none."""
    column, row = child(start, "col"), child(start, "row")
    if column is None or row is None:
        return ""
    return f"{column_letters(int(max(number(column.text, 0), 0)) % 16_384)}{int(max(number(row.text, 0), 0)) + 1}"


def _unseen(run: Run) -> Run:
    look = run.look or Prominence()
    return Run(run.text, Prominence(look.size_pt, True, look.colour))
