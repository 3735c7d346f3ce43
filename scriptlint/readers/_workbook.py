"""What the sheets of a workbook share: their names, shared strings, and the looks and formats of cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar
from xml.etree.ElementTree import Element

from scriptlint.model.document import Prominence, ReadError
from scriptlint.model.record import dataclass, replace
from scriptlint.readers._colours import Palette, number, palette
from scriptlint.readers._looks import Run
from scriptlint.readers._numberformats import GENERAL, NumberFormat, built_in, number_format
from scriptlint.readers._ooxml import RELATIONS, child, children, inside, main_part, related, truth, unescaped
from scriptlint.readers._package import Package

T = TypeVar("T")

Rich = str | tuple[Run, ...]
"""Text of a cell: of one look, or in runs. A run without a look has that of its cell."""

SPREADSHEET = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "http://purl.oclc.org/ooxml/spreadsheetml/main}",
)
MOST_STRINGS = 2_000_000
_PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``kind`` is ``worksheet``, ``chartsheet`` …; ``part`` is empty when the file lacks it."""

    name: str
    part: str
    kind: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How cells of one style look and show their values."""

    look: Prominence | None = None
    paper: str = _PAPER
    """The colour behind the text; text of the same colour is hidden."""
    format: NumberFormat = GENERAL


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook without its cells."""

    package: Package
    part: str
    sheets: Sequence[Sheet]
    strings: Sequence[Rich]
    styles: Sequence[CellStyle]
    colours: Palette
    from_1904: bool
    stale: bool
    """True when stored results of formulas are to be calculated anew by whoever opens the file."""

    def style(self, index: str | None) -> CellStyle:
        """The style a cell names; the ordinary one when it names none that exists."""
        if index and index.isdecimal() and len(index) < 7 and int(index) < len(self.styles):
            return self.styles[int(index)]
        return self.styles[0] if self.styles else CellStyle()


def workbook(data: bytes) -> Workbook:
    """Open a workbook. Raises ReadError when it is none or what all sheets need is damaged."""
    package = Package(data)
    part, root = main_part(package, "workbook", "an Excel workbook (.xlsx)")
    links = package.relations(part)
    sheets: list[Sheet] = []
    for entry in _items(root, "sheets"):
        link = links.get(entry.get(RELATIONS + "id", ""))
        found = link is not None and not link.external and package.has(link.target)
        sheets.append(
            Sheet(
                " ".join(unescaped(entry.get("name", "")).split()),
                link.target if link and found else "",
                link.kind if link else "",
                entry.get("state", "visible") != "visible",
            )
        )
    if not sheets:
        raise ReadError("this workbook has no sheets", hint="save it anew in the program that made it")
    themes = related(package, part, "theme")
    colours = palette(package.xml(themes[0].target) if themes else None)
    strings = related(package, part, "sharedStrings")
    styles = related(package, part, "styles")
    properties, calculation = child(root, "workbookPr"), child(root, "calcPr")
    return Workbook(
        package,
        part,
        sheets,
        _strings(package, strings[0].target, colours) if strings else (),
        _styles(package.xml(styles[0].target), colours) if styles else (),
        colours,
        properties is not None and truth(properties.get("date1904")),
        calculation is not None and truth(calculation.get("fullCalcOnLoad")),
    )


class RichText:
    """Gathers ``si`` or ``is`` elements: text in runs, pronunciations left out. Part of a sink."""

    def __init__(self, colours: Palette) -> None:
        self._colours = colours
        self._runs: list[Run] = []
        self._size: float | None = None
        self._colour: str | None = None
        self._aloud = 0
        self.data: list[str] = []
        handlers = {
            "r": self._run,
            "sz": self._sized,
            "color": self._coloured,
            "rPh": self._phonetic,
            "t": self._text,
        }
        ends = {"t": self._text_ends, "rPh": self._phonetic_ends}
        self.starts = {space + name: act for name, act in handlers.items() for space in SPREADSHEET}
        self.ends = {space + name: act for name, act in ends.items() for space in SPREADSHEET}

    def clear(self) -> None:
        """Begin a new text."""
        self._runs = []
        self._aloud = 0
        self._size = self._colour = None

    def take(self) -> Rich:
        """The text gathered since ``clear``."""
        runs = self._runs
        if all(run.look is None for run in runs):
            return runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)
        return tuple(runs)

    def _run(self, _: Mapping[str, str]) -> None:
        self._size = self._colour = None

    def _sized(self, attributes: Mapping[str, str]) -> None:
        self._size = number(attributes.get("val"), 0.0) or None

    def _coloured(self, attributes: Mapping[str, str]) -> None:
        self._colour = self._colours.cell(attributes)

    def _phonetic(self, _: Mapping[str, str]) -> None:
        self._aloud += 1

    def _phonetic_ends(self) -> None:
        self._aloud -= 1

    def _text(self, _: Mapping[str, str]) -> None:
        del self.data[:]

    def _text_ends(self) -> None:
        if not self._aloud:
            known = self._size is not None or self._colour is not None
            look = Prominence(self._size, False, self._colour) if known else None
            self._runs.append(Run(unescaped("".join(self.data)), look))


class _Strings:
    """The sink of the part of shared strings."""

    def __init__(self, colours: Palette) -> None:
        self._rich = RichText(colours)
        self._items = tuple(space + "si" for space in SPREADSHEET)
        self.found: list[Rich] = []
        self.text = self._rich.data.append

    def start(self, name: str, attributes: dict[str, str]) -> None:
        act = self._rich.starts.get(name)
        if act is not None:
            act(attributes)
        elif name in self._items:
            self._rich.clear()

    def end(self, name: str) -> None:
        act = self._rich.ends.get(name)
        if act is not None:
            act()
        elif name in self._items:
            self.found.append(self._rich.take())
            if len(self.found) > MOST_STRINGS:
                raise ReadError(f"this workbook has more than {MOST_STRINGS} texts", hint="split the file")


def _strings(package: Package, part: str, colours: Palette) -> Sequence[Rich]:
    sink = _Strings(colours)
    package.scan(part, sink)
    return sink.found


def _styles(root: Element, colours: Palette) -> Sequence[CellStyle]:
    fonts = [_font(font, colours) for font in _items(root, "fonts")]
    papers = [_paper(fill, colours) for fill in _items(root, "fills")]
    codes = {entry.get("numFmtId", ""): entry.get("formatCode", "") for entry in inside(root, "numFmt")}
    formats: dict[str, NumberFormat] = {}
    styles: list[CellStyle] = []
    for entry in _items(root, "cellXfs"):
        look = _at(fonts, entry.get("fontId"), None)
        paper = _at(papers, entry.get("fillId"), _PAPER)
        identity = entry.get("numFmtId", "0")
        if identity not in formats:
            code = codes.get(identity)
            known = built_in(int(identity)) if identity.isdecimal() and len(identity) < 5 else GENERAL
            formats[identity] = number_format(code) if code else known
        if look is not None and look.colour == paper:
            look = replace(look, hidden=True)
        styles.append(CellStyle(look, paper, formats[identity]))
    return styles


def _font(font: Element, colours: Palette) -> Prominence | None:
    size, colour = child(font, "sz"), child(font, "color")
    points = number(size.get("val"), 0.0) if size is not None else 0.0
    look = Prominence(points or None, False, colours.cell(colour))
    return look if look != Prominence() else None


def _paper(fill: Element, colours: Palette) -> str:
    pattern = child(fill, "patternFill")
    kind = pattern.get("patternType", "none") if pattern is not None else "gradient"
    if pattern is None or kind != "solid":
        return _PAPER if kind == "none" else ""
    return colours.cell(child(pattern, "fgColor")) or ""


def _items(root: Element, name: str) -> Iterator[Element]:
    holder = child(root, name)
    return children(holder) if holder is not None else iter(())


def _at(items: Sequence[T], index: str | None, default: T) -> T:
    return items[int(index)] if index and index.isdecimal() and len(index) < 7 and int(index) < len(items) else default
