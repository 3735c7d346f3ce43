"""Walks the shapes of a slide or a sheet's drawing in the order they are stacked, groups opened."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from scriptlint.model.record import dataclass
from scriptlint.readers._ooxml import child, children, inside, local, truth

_FRAMES = ("sp", "pic", "graphicFrame", "cxnSp", "grpSp", "contentPart")


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape. ``kind`` is the local name of its element; a group is not one, what it holds is."""

    kind: str
    element: Element
    id: str
    name: str
    hidden: bool
    alternative: str
    """The alternative text and its title; empty where nobody wrote one."""
    grouped: bool = False
    """Whether it is part of a group, whose own measures its place counts in."""

    @property
    def body(self) -> Element | None:
        """The text it holds."""
        return child(self.element, "txBody")

    @property
    def placeholder(self) -> Element | None:
        """What it stands for in the layout of a slide (``p:ph``); None for a shape of its own."""
        for part in children(self.element):
            if local(part).startswith("nv"):
                return child(part, "nvPr", "ph")
        return None

    @property
    def tooltips(self) -> list[str]:
        """What its links say when the mouse rests on them."""
        found = [link.get("tooltip", "") for link in inside(self.element, "hlinkClick", "hlinkHover", "hlinkMouseOver")]
        return [text for text in dict.fromkeys(found) if text.strip()]

    @property
    def pictures(self) -> int:
        """How many pictures it shows, those that fill it among them."""
        return sum(1 for _ in inside(self.element, "blip"))

    @property
    def media(self) -> str:
        """``video`` or ``audio`` when it plays one."""
        for link in inside(self.element, "videoFile", "audioFile", "wavAudioFile", "quickTimeFile"):
            return "audio" if "udio" in local(link) else "video"
        return ""


def shapes(tree: Element, *, hidden: bool = False) -> Iterator[Shape]:
    """The shapes in a tree of them. ``hidden`` is whether what they stand in is."""
    stack = [(children(tree), hidden)]  # one entry a group that is open
    while stack:
        row, unseen = stack[-1]
        element = next(row, None)
        if element is None:
            stack.pop()
            continue
        kind = local(element)
        if kind not in _FRAMES:
            continue
        shape = _shape(kind, element, unseen, grouped=len(stack) > 1)
        if kind == "grpSp":
            # Of a group only its alternative text is its own.
            if shape.alternative.strip():
                yield Shape(kind, Element("empty"), shape.id, shape.name, shape.hidden, shape.alternative)
            stack.append((children(element), shape.hidden))
        else:
            yield shape


def _shape(kind: str, element: Element, hidden: bool, *, grouped: bool) -> Shape:
    properties: Element | None = None
    for part in children(element):
        if local(part).startswith("nv"):
            properties = child(part, "cNvPr")
            break
    if properties is None:
        return Shape(kind, element, "", "", hidden, "")
    said = [properties.get(key, "").strip() for key in ("title", "descr")]
    return Shape(
        kind,
        element,
        properties.get("id", ""),
        " ".join(properties.get("name", "").split()),
        hidden or truth(properties.get("hidden")),
        "\n".join(text for text in dict.fromkeys(said) if text),
        grouped,
    )
