"""What stands in a paragraph of a Word document: runs, fields, tracked changes, and what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from xml.etree.ElementTree import Element

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, field, replace
from scriptlint.readers._docxdrawings import Drawn, drawn
from scriptlint.readers._docxstyles import PLAIN, VAL, Look, Styles, W, look_of
from scriptlint.readers._ooxml import child, children, local
from scriptlint.readers._package import Package, Relation
from scriptlint.readers._prose import words

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ASIDE = words(
    "pPr rPr sdtEndPr sectPr tcPr trPr tblPr tblGrid tblPrEx proofErr bookmarkStart bookmarkEnd customXmlPr "
    "smartTagPr softHyphen lastRenderedPageBreak annotationRef footnoteRef endnoteRef separator "
    "continuationSeparator commentRangeEnd"
)
_QUOTED = lazy_re('"([^"]*)"')
_SHOWN_FIELDS = ("MACROBUTTON", "GOTOBUTTON")
_ASKING_FIELDS = ("IF", "QUOTE", "FILLIN", "ASK", "SET", "COMPARE")
# Symbols of fonts that have no characters of their own: boxes and ticks matter, the rest are ornaments.
_SYMBOLS: Mapping[str, Mapping[int, str]] = {
    "wingdings": {0xFC: "✓", 0xFE: "☑", 0xFB: "✗", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0xE0: "→", 0xF0: "→"},
    "wingdings 2": {0x50: "✓", 0x52: "☑", 0x4F: "✗", 0x51: "☒", 0xA3: "☐"},
    "symbol": {0xB7: "•", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xA5: "∞", 0xAE: "→", 0xB9: "≠", 0xBB: "≈"},
}
_ORNAMENT = "□"
_LINE_ENDS = str.maketrans("\r\n", "  ")


class Kind(Enum):
    """How a run shows: as text, hidden, taken out by a tracked change, or in the code of a field."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    DELETED = "deleted"
    CODE = "field"


@dataclass(frozen=True, slots=True)
class Bit:
    """Text of one look. ``element`` is the ``w:t`` that holds it, from its character ``skip`` on; None when it was
    made (a tab, a number)."""

    text: str
    look: Look
    kind: Kind
    element: Element | None = None
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A text box and the run of the text around it that it hangs on."""

    content: Element
    anchor: Element


@dataclass(slots=True)
class Line:
    """What one paragraph holds."""

    bits: list[Bit] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    notes: list[tuple[str, str, Element]] = field(default_factory=list)
    """Kind (``footnote``, ``endnote``), id, and the run with the reference."""
    values: list[tuple[str, str]] = field(default_factory=list)
    """Label and words of what is no running text: alternative texts, choices, tooltips, readings of characters."""
    pictures: int = 0
    unread: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """Ids of the links to files that are embedded whole."""
    deletions: int = 0
    """Runs left out because a tracked change takes them out."""

    def text(self, kind: Kind = Kind.SHOWN) -> str:
        """All text of a kind."""
        return "".join(bit.text for bit in self.bits if bit.kind is kind)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a run from what it stands in."""

    paragraph: Look = PLAIN
    table: Look = PLAIN
    deleted: bool = False
    hidden: bool = False
    anchor: Element | None = None
    """The outermost run around, for what is nested in one."""


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    result: bool = False


class Runs:
    """Reads the paragraphs of one story in order; fields may begin in one and end in another."""

    def __init__(self, package: Package, links: Mapping[str, Relation], styles: Styles, deletions: bool) -> None:
        self._package = package
        self._links = links
        self._styles = styles
        self._deletions = deletions
        self._fields: list[_Field] = []

    def read(self, paragraph: Element, line: Line, around: Around) -> None:
        """Add what stands in a paragraph to ``line``."""
        self._content(paragraph, line, around)

    def _content(self, parent: Element, line: Line, around: Around) -> None:
        for element in children(parent):
            name = local(element)
            match name:
                case "r":
                    self._run(element, line, around)
                case "del" | "moveFrom":
                    self._content(element, line, replace(around, deleted=True))
                case "commentRangeStart" | "commentReference":
                    line.comments.append(element.get(W + "id", ""))
                case "sdtPr":
                    line.values.extend(choices(element))
                case "hyperlink":
                    if element.get(W + "tooltip"):
                        line.values.append(("tooltip", element.get(W + "tooltip", "")))
                    self._content(element, line, around)
                case "den" | "sup":  # of a formula: 3/100, not 3100
                    self._add(line, "/" if name == "den" else "^", self._look(None, around), around)
                    self._content(element, line, around)
                case "ruby":
                    self._ruby(element, line, around)
                case "drawing" | "pict" | "object":
                    self._drawing(element, line, around)
                case _ if name not in _ASIDE:
                    self._content(element, line, around)

    def _run(self, run: Element, line: Line, around: Around) -> None:
        look = self._look(run.find(W + "rPr"), around)
        inner = replace(around, anchor=run) if around.anchor is None else around
        anchor = inner.anchor if inner.anchor is not None else run
        for element in children(run):
            match local(element):
                case "t":
                    self._text(element, line, look, around)
                case "delText":
                    self._text(element, line, look, replace(around, deleted=True))
                case "tab" | "ptab":
                    self._add(line, "\t", look, around)
                case "br" | "cr":
                    self._add(line, "\n", look, around)
                case "noBreakHyphen":
                    self._add(line, "-", look, around)
                case "sym" | "symEx":  # the second for characters beyond 16 bits, as emoji are
                    self._add(line, _symbol(element), look, around)
                case "fldChar":
                    self._field(element, line, look, around)
                case "instrText":
                    if self._fields:
                        self._fields[-1].code.append(element.text or "")
                case "footnoteReference" | "endnoteReference" as name:
                    line.notes.append((name.removesuffix("Reference"), element.get(W + "id", ""), anchor))
                case "commentReference":
                    line.comments.append(element.get(W + "id", ""))
                case "drawing" | "pict" | "object":
                    self._drawing(element, line, inner)
                case "ruby":
                    self._ruby(element, line, inner)
                case "delInstrText":
                    pass
                case name if name not in _ASIDE:
                    self._content(element, line, inner)

    def _look(self, properties: Element | None, around: Around) -> Look:
        style = PLAIN
        if properties is not None:
            named = properties.find(W + "rStyle")
            style = self._styles.style(named.get(VAL), "character").look if named is not None else PLAIN
        return self._styles.look(look_of(properties), style, around.paragraph, around.table)

    def _text(self, element: Element, line: Line, look: Look, around: Around) -> None:
        text = (element.text or "").translate(_LINE_ENDS)
        skip = 0
        if element.get(_SPACE) != "preserve":
            skip = len(text) - len(text.lstrip(" \t"))
            text = text.strip(" \t")
        self._add(line, text, look, around, element, skip)

    def _add(
        self, line: Line, text: str, look: Look, around: Around, element: Element | None = None, skip: int = 0
    ) -> None:
        if not text:
            return
        kind = Kind.HIDDEN if look.hidden or around.hidden else Kind.SHOWN
        if around.deleted:
            if not self._deletions:
                line.deletions += 1
                return
            kind = Kind.DELETED
        elif any(not field.result for field in self._fields):
            kind = Kind.CODE
        line.bits.append(Bit(text, look, kind, element, skip))

    def _ruby(self, element: Element, line: Line, around: Around) -> None:
        """Characters with their reading above: the characters are the text."""
        above, base = child(element, "rt"), child(element, "rubyBase")
        if base is not None:
            self._content(base, line, around)
        reading = "".join(text.text or "" for text in above.iter(W + "t")) if above is not None else ""
        if reading.strip():
            line.values.append(("ruby", reading))

    def _field(self, element: Element, line: Line, look: Look, around: Around) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
            line.values.extend(choices(element))
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            code = "".join(self._fields.pop().code).split(maxsplit=2)
            if not code:
                return
            name = code[0].upper()
            if name in _SHOWN_FIELDS and len(code) > 2:
                self._add(line, code[2].strip(), look, around)  # its text stands in its code
            elif name in _ASKING_FIELDS:
                # Words that a document shows only under a condition; the customer may get them.
                said = _QUOTED.findall(" ".join(code[1:]))
                line.values.extend(("field", text) for text in said if len(text.strip()) > 1)

    def _drawing(self, element: Element, line: Line, around: Around) -> None:
        if around.deleted and not self._deletions:
            line.deletions += 1
            return
        found: Drawn = drawn(element, self._package, self._links)
        line.pictures += found.pictures
        line.values.extend(found.values)
        line.unread.extend(found.unread)
        line.files.extend(found.files)
        anchor = around.anchor if around.anchor is not None else element
        line.boxes.extend(Box(content, anchor) for content in found.boxes)


def choices(holder: Element) -> list[tuple[str, str]]:
    """What a control or form field offers to choose or fill in, below ``sdtPr`` or ``fldChar``."""
    found: list[tuple[str, str]] = []
    for element in holder.iter():
        match local(element):
            case "listItem":
                found.append(("choice", element.get(W + "displayText") or element.get(W + "value") or ""))
            case "listEntry":
                found.append(("choice", element.get(VAL, "")))
            case "default":
                found.append(("default", element.get(VAL, "")))
            case "helpText" | "statusText":
                found.append(("help", element.get(VAL, "")))
    return [(label, text) for label, text in dict.fromkeys(found) if len(text.strip()) > 1]


def _symbol(element: Element) -> str:
    given = {key.rsplit("}", 1)[-1]: value for key, value in element.attrib.items()}
    try:
        number = int(given.get("char", ""), 16)
    except ValueError:
        return _ORNAMENT
    known = _SYMBOLS.get(given.get("font", "").lower(), {}).get(number & 0xFF)
    if known:
        return known
    printable = 0x20 <= number < 0xD800 or 0xF900 <= number <= 0x10FFFF
    return chr(number) if printable else _ORNAMENT
