"""Writes down the text of the shapes of a slide, each paragraph with its place and its look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from scriptlint.model.document import Prominence, Scope
from scriptlint.model.record import dataclass, replace
from scriptlint.readers._blocks import Block
from scriptlint.readers._colours import Palette, number
from scriptlint.readers._compose import Composer
from scriptlint.readers._deck import TITLES, Sheet
from scriptlint.readers._drawing import Paragraph, paragraphs
from scriptlint.readers._graphics import graphic
from scriptlint.readers._grid import Cell, described
from scriptlint.readers._looks import Run
from scriptlint.readers._ooxml import child, children, clean, inside, local, truth
from scriptlint.readers._package import Package, Relation
from scriptlint.readers._raw import SpeakerNames
from scriptlint.readers._shapes import Shape
from scriptlint.readers._unreadparts import UnreadParts

_PICTURE = "picture whose text is not read"
_MARGINS = {"ftr": Scope.FOOTER, "dt": Scope.FOOTER, "sldNum": Scope.FOOTER, "hdr": Scope.HEADER}
_WIDEST = 1000
"""Rows or columns a cell of a table may be merged over."""


@dataclass(frozen=True, slots=True)
class Slide:
    """The slide, notes page, layout or master that shapes stand on."""

    where: str
    links: Mapping[str, Relation]
    layout: Sheet
    colours: Palette
    hidden: bool
    notes: bool = False


class Writer:
    """Gathers the text of a presentation."""

    def __init__(self, package: Package, names: SpeakerNames) -> None:
        self.text = Composer()
        self.blocks: list[Block] = []
        self.unread = UnreadParts()
        self._package = package
        self._names = names
        self._records = 0

    def put(
        self,
        text: str,
        scope: Scope,
        section: tuple[str, ...],
        locator: str,
        look: Prominence | None,
        *,
        label: str = "",
        follows: bool = False,
    ) -> None:
        """Write one paragraph."""
        if text.strip():
            prose = self.text.add(text)
            self.blocks.append(
                Block(prose, scope, section, label=label, prominence=look, follows=follows, locator=locator)
            )

    def words(self, shape: Shape, slide: Slide) -> str:
        """All that a shape says and shows, for a heading."""
        return " ".join(run.text for paragraph in self._paragraphs(shape, slide) for run in paragraph.runs)

    def shape(self, shape: Shape, slide: Slide, section: tuple[str, ...]) -> None:
        """Write a shape, and note what of it has no text that can be read."""
        placeholder = shape.placeholder
        kind = placeholder.get("type", "obj") if placeholder is not None else None
        if slide.notes and kind == "sldImg":
            return
        hidden = shape.hidden or slide.hidden
        look = Prominence(hidden=True) if hidden else None
        locator = slide.where if slide.notes and kind == "body" else f"{slide.where} / {shape.name}".removesuffix(" / ")
        if shape.alternative:
            self.put(clean(shape.alternative), Scope.VALUE, section, locator, look, label="alt")
        for text in shape.tooltips:
            self.put(clean(text), Scope.VALUE, section, locator, look, label="tooltip")
        scope = _MARGINS.get(kind or "", Scope.NOTE if slide.notes else Scope.PARAGRAPH)
        if kind in TITLES and not slide.notes:
            scope = Scope.HEADING
        follows = False
        for paragraph in self._paragraphs(shape, slide):
            listed = scope is Scope.PARAGRAPH and paragraph.bullet
            for run in paragraph.runs:
                seen = _unseen(run) if hidden else run
                mine = Scope.LIST_ITEM if listed else scope
                self.put(seen.text, mine, section, locator, seen.look, follows=follows)
                follows = True
        if shape.kind == "graphicFrame":
            self._frame(shape, slide, section, locator, look)
        elif shape.kind == "contentPart":
            self.unread.count(slide.where, "drawing by hand", shape.name)
        elif shape.media:
            self.unread.count(slide.where, shape.media, shape.name)
        else:
            self.unread.count(slide.where, _PICTURE, shape.name, shape.pictures)

    def _paragraphs(self, shape: Shape, slide: Slide) -> Iterator[Paragraph]:
        body = shape.body
        if body is None:
            return
        placeholder = shape.placeholder
        style = slide.layout.base
        if placeholder is not None:
            style = slide.layout.style(placeholder.get("type", "obj"), placeholder.get("idx", ""))
        filled = slide.colours.drawing(child(shape.element, "spPr", "solidFill"))
        yield from paragraphs(body, style, slide.colours, filled)

    def _frame(
        self, shape: Shape, slide: Slide, section: tuple[str, ...], locator: str, look: Prominence | None
    ) -> None:
        table = next(inside(shape.element, "tbl"), None)
        if table is not None:
            self._table(table, slide, section, locator, look is not None)
            return
        held = graphic(self._package, slide.links, shape.element)
        if held is not None:
            for text in held.texts:
                self.put(text, Scope.PARAGRAPH, section, locator, look)
            if held.unread:
                self.unread.add(locator, held.unread)
        elif next(inside(shape.element, "oleObj", "control"), None) is None:  # those are files of their own
            self.unread.count(slide.where, "object that is not read", shape.name)

    def _table(self, table: Element, slide: Slide, section: tuple[str, ...], locator: str, hidden: bool) -> None:
        start = len(self.blocks)
        cells: list[Cell] = []
        filled: list[Cell] = []
        rows = [row for row in children(table) if local(row) == "tr"]
        for row, element in enumerate(rows):
            entries = [entry for entry in children(element) if local(entry) == "tc"]
            for column, entry in enumerate(entries):
                # What stands under a merged cell is kept in the file, and nobody sees it.
                under = truth(entry.get("hMerge")) or truth(entry.get("vMerge"))
                said = [run for paragraph in self._cell(entry, slide) for run in paragraph.runs]
                place = f"{locator} R{row + 1}C{column + 1}"
                for shown in (False, True):
                    runs = [run for run in said if bool(run.look and run.look.hidden) is shown]
                    if not runs:
                        continue
                    text = "\n".join(run.text for run in runs)
                    # One look for the cell: that of its first paragraph.
                    seen = _unseen(runs[0]) if hidden or under else runs[0]
                    self.put(text, Scope.TABLE_CELL, section, place, seen.look)
                    cells.append(Cell(row, column, text))
                    high = min(int(number(entry.get("rowSpan"), 1)), _WIDEST, len(rows) - row)
                    filled.extend([Cell(row + more, column, text) for more in range(1, high)])
            self.unread.count(slide.where, _PICTURE, locator, sum(1 for _ in inside(element, "blip")))
        if cells:
            blocks = self.blocks[start:]
            known = described([*blocks, *[blocks[0]] * len(filled)], [*cells, *filled], self._names, self._records)
            self.blocks[start:] = known[: len(blocks)]
        self._records += len(rows)

    def _cell(self, entry: Element, slide: Slide) -> Iterator[Paragraph]:
        body = child(entry, "txBody")
        filled = slide.colours.drawing(child(entry, "tcPr", "solidFill"))
        if body is not None:
            yield from paragraphs(body, slide.layout.base, slide.colours, filled)


def _unseen(run: Run) -> Run:
    return Run(run.text, replace(run.look or Prominence(), hidden=True))
