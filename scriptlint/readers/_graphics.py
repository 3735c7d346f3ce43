"""What charts and SmartArt say: titles, the names of categories and series, labels, and the text of nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from scriptlint.model.document import ReadError
from scriptlint.model.record import dataclass
from scriptlint.readers._colours import number
from scriptlint.readers._drawing import plain_paragraphs
from scriptlint.readers._ooxml import RELATIONS, child, clean, inside, local
from scriptlint.readers._package import Package, Relation


@dataclass(frozen=True, slots=True)
class Graphic:
    """The text of a chart or a diagram; what of it was not read, in words, or nothing."""

    texts: Sequence[str]
    unread: str = ""


def graphic(package: Package, links: Mapping[str, Relation], frame: Element) -> Graphic | None:
    """The text of the chart or diagram in a frame; None when it holds neither."""
    for element in inside(frame, "chart", "relIds"):
        named = [element.get(RELATIONS + name) for name in ("id", "dm")]
        link = next((links[name] for name in named if name and name in links), None)
        what = "chart" if local(element) == "chart" else "diagram"
        if link is None or link.external or not package.has(link.target):
            return Graphic((), f"a {what} that is not in the file")
        try:
            if what == "diagram":
                return _diagram(package, link.target)
            return _chart(package, link.target, modern=link.kind == "chartEx")
        except ReadError as error:
            return Graphic((), f"a {what} that is damaged: {error.message}")
    return None


def _chart(package: Package, part: str, *, modern: bool) -> Graphic:
    root = package.xml(part)
    texts = list(_chart_texts(root))
    for link in package.relations(part).values():
        if link.kind == "chartUserShapes" and package.has(link.target):
            texts.extend(plain_paragraphs(package.xml(link.target)))
    unread = "a picture in a chart" if any(True for _ in inside(root, "blip")) else ""
    if modern and not texts:
        unread = "a chart"
    return Graphic(tuple(text for text in dict.fromkeys(texts) if text.strip()), unread)


def _chart_texts(root: Element) -> Iterator[str]:
    """Rich text (titles, labels) and stored strings (names of series and categories), in the order of the part."""
    for element in inside(root, "p", "tx", "strCache", "multiLvlStrCache", "strDim", "strLit", "txData"):
        if local(element) == "p":
            yield from _whole(element)
            continue
        if local(element) == "tx":
            yield clean(getattr(child(element, "v"), "text", None) or "")  # a name written into the chart itself
            continue
        # ``c:v`` in ``c:pt``; newer charts write the text into ``cx:pt`` or ``cx:v`` itself.
        for point in inside(element, "v", "pt"):
            text = clean(point.text or "")
            if text.strip():
                yield text


def _whole(paragraph: Element) -> list[str]:
    holder = Element("holder")
    holder.append(paragraph)
    return plain_paragraphs(holder)


def _diagram(package: Package, part: str) -> Graphic:
    """The nodes of SmartArt in the order of its outline. Prompts of empty nodes are not shown and not text."""
    root = package.xml(part)
    points = {point.get("modelId", ""): point for point in inside(root, "pt")}
    below: dict[str, list[tuple[int, str]]] = {}
    for link in inside(root, "cxn"):
        if link.get("type", "parOf") == "parOf":
            rank = int(number(link.get("srcOrd"), 0))
            below.setdefault(link.get("srcId", ""), []).append((rank, link.get("destId", "")))
    first = [name for name, point in points.items() if point.get("type") == "doc"]
    order: dict[str, None] = {}
    waiting = first[::-1]
    while waiting:
        name = waiting.pop()
        if name not in order:
            order[name] = None
            waiting.extend(to for _, to in sorted(below.get(name, ()), reverse=True))
    texts: list[str] = []
    for name in (*order, *(name for name in points if name not in order)):
        point = points.get(name)
        if point is None:
            continue
        settings, body = child(point, "prSet"), child(point, "t")
        if body is not None and not (settings is not None and settings.get("phldr") in ("1", "true")):
            texts.extend(plain_paragraphs(body))
    pictures = any(True for _ in inside(root, "blip"))
    return Graphic(tuple(texts), "a picture in a diagram" if pictures else "")
