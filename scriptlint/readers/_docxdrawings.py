"""What hangs on a paragraph of a Word document: text boxes, pictures, charts, SmartArt, WordArt, objects."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from scriptlint.model.record import dataclass, field
from scriptlint.readers._ooxml import RELATIONS, children, local
from scriptlint.readers._package import Package, Relation

_EMBEDDED = "{urn:schemas-microsoft-com:office:office}OLEObject"
_GRAPHICS = ("chart", "chartex", "diagram")
_READ_HERE = ("picture", "wordprocessingShape", "wordprocessingGroup", "wordprocessingCanvas", "lockedCanvas")


@dataclass(slots=True)
class Drawn:
    """What a drawing holds. ``boxes`` are the contents of text boxes, still to be read."""

    boxes: list[Element] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    unread: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """Ids of the links to embedded Office files."""


def drawn(element: Element, package: Package, links: Mapping[str, Relation]) -> Drawn:
    """What a ``w:drawing``, ``w:pict`` or ``w:object`` holds, one of several versions of the same read."""
    found = Drawn()
    # The picture of an embedded object shows the object, which is reported itself.
    embedded = next(element.iter(_EMBEDDED), None) if local(element) == "object" else None
    if embedded is not None:
        name = embedded.get(RELATIONS + "id", "")
        if name in links and links[name].kind == "package":
            found.files.append(name)
        else:
            found.unread.append(f"an embedded object ({embedded.get('ProgID') or 'of unknown kind'})")
    stack = [children(element)]
    while stack:
        inner = next(stack[-1], None)
        if inner is None:
            stack.pop()
            continue
        match local(inner):
            case "txbxContent":
                found.boxes.append(inner)
                continue
            case "graphicData":
                if _graphic(inner, found, package, links):
                    continue
            case "blip":
                found.pictures += 1
            case "imagedata" | "fill" if inner.get("src") or any(key.endswith("}id") for key in inner.attrib):
                found.pictures += embedded is None
            case "docPr" | "cNvPr":
                for key in ("title", "descr"):
                    _say(found, "alt", inner.get(key, ""))
            case "textpath":
                _say(found, "WordArt", inner.get("string", ""))
            case "hlinkClick" | "hlinkHover":
                _say(found, "tooltip", inner.get("tooltip", ""))
            case "txBody":
                from scriptlint.readers._drawing import plain_paragraphs

                for words in plain_paragraphs(inner):
                    _say(found, "drawing", words)
                continue
            case "control":
                found.unread.append("a form control (ActiveX)")
            case "contentPart":
                found.unread.append("handwriting")
            case "webVideoPr":
                found.unread.append("a video")
        _say(found, "alt", inner.get("alt", ""))
        stack.append(children(inner))
    return found


def _graphic(element: Element, found: Drawn, package: Package, links: Mapping[str, Relation]) -> bool:
    """Read a chart or SmartArt. False when the element is a drawing that is read piece by piece."""
    kind = element.get("uri", "").rsplit("/", 1)[-1]
    if kind not in _GRAPHICS:
        if kind not in _READ_HERE:
            found.unread.append(f"a drawing of a kind that is not known ({kind or 'unnamed'})")
        return False
    from scriptlint.readers._graphics import graphic

    read = graphic(package, links, element)
    name = "SmartArt" if kind == "diagram" else "chart"
    for words in read.texts if read is not None else ():
        _say(found, name, words)
    if name == "chart" and read is not None and not read.unread:
        found.unread.append("a chart: its words are read, its figures are not")
    elif read is None or read.unread:
        found.unread.append(read.unread if read is not None else f"{name} that cannot be found in the file")
    return True


def _say(found: Drawn, label: str, words: str) -> None:
    if words.strip() and (label, words) not in found.values:
        found.values.append((label, words))
