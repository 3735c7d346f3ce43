"""What the slides of a presentation share: masters, layouts and themes, and how text looks that says nothing itself."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from scriptlint.model.record import dataclass
from scriptlint.readers._colours import Palette, palette
from scriptlint.readers._drawing import Style, list_style
from scriptlint.readers._ooxml import child, related, truth
from scriptlint.readers._package import Package
from scriptlint.readers._shapes import Shape, shapes

TITLES = ("title", "ctrTitle")
_SAME = {"ctrTitle": "title", "subTitle": "body", "obj": "body"}
"""Kinds of placeholder that masters know under another name."""
_BODIES = ("body", "subTitle", "obj", "tbl", "chart", "dgm", "pic", "media", "clipArt", "")


@dataclass(frozen=True, slots=True)
class Place:
    """A placeholder of a layout or master: what it is for, its number, and its style."""

    kind: str
    number: str
    style: Style


@dataclass(frozen=True, slots=True)
class Sheet:
    """A master, a layout or the master of notes, which slides take their looks from."""

    part: str
    root: Element
    colours: Palette
    places: tuple[Place, ...]
    base: Style
    """How text outside of placeholders looks."""
    titles: Style
    bodies: Style
    below: Sheet | None
    """The master of a layout; None for a master."""
    shows_below: bool
    """Whether the shapes of the master show on slides of this layout."""

    def style(self, kind: str, number: str) -> Style:
        """How text in a placeholder of a slide looks that says nothing itself."""
        found = self._own(kind, number)
        if self.below is not None:
            return found.over(self.below.style(kind, number))
        plain = self.titles if kind in TITLES else self.bodies if kind in _BODIES else self.base
        return found.over(plain).over(self.base)

    def _own(self, kind: str, number: str) -> Style:
        same = _SAME.get(kind or "obj", kind)
        if self.below is not None:
            match = next((place for place in self.places if number and place.number == number), None)
            match = match or next((place for place in self.places if place.kind == kind), None)
        else:
            match = None
        match = match or next((place for place in self.places if _SAME.get(place.kind, place.kind) == same), None)
        return match.style if match else Style()


class Deck:
    """Finds and keeps the masters and layouts of a presentation."""

    def __init__(self, package: Package, part: str, root: Element) -> None:
        self._package = package
        self._sheets: dict[str, Sheet] = {}
        self._default = child(root, "defaultTextStyle")
        themes = related(package, part, "theme")
        self._theme = palette(package.xml(themes[0].target) if themes else None)
        self.empty = Sheet(
            "", root, self._theme, (), list_style(self._default, self._theme), Style(), Style(), None, True
        )

    @property
    def used(self) -> tuple[Sheet, ...]:
        """The sheets that slides have asked for, in that order."""
        return tuple(self._sheets.values())

    def below(self, part: str, *kinds: str) -> Sheet:
        """The layout of a slide, or the master of a layout or of notes. Raises ReadError when it is damaged."""
        link = next(iter(related(self._package, part, *kinds)), None)
        if link is None:
            return self.empty
        if link.target not in self._sheets:
            self._sheets[link.target] = self._sheet(link.target, layout=link.kind == "slideLayout")
        return self._sheets[link.target]

    def _sheet(self, part: str, *, layout: bool) -> Sheet:
        root = self._package.xml(part)
        below = self.below(part, "slideMaster") if layout else None
        if below is not None:
            colours = mapped(below.colours, root)
        else:
            themes = related(self._package, part, "theme")
            theme = palette(self._package.xml(themes[0].target)) if themes else self._theme
            colours = mapped(theme, root)
        styles = child(root, "txStyles")
        base = list_style(self._default, colours)
        if child(root, "notesStyle") is not None:
            base = list_style(child(root, "notesStyle"), colours).over(base)
        return Sheet(
            part,
            root,
            colours,
            tuple(_place(shape, colours) for shape in drawn(root) if shape.placeholder is not None),
            base,
            list_style(child(styles, "titleStyle"), colours),
            list_style(child(styles, "bodyStyle"), colours),
            below,
            truth(root.get("showMasterSp"), True),
        )


def drawn(root: Element, *, hidden: bool = False) -> list[Shape]:
    """The shapes of a slide, a layout or a master."""
    tree = child(root, "cSld", "spTree")
    return list(shapes(tree, hidden=hidden)) if tree is not None else []


def mapped(colours: Palette, root: Element) -> Palette:
    """The colours under the names that a slide or master gives them."""
    mapping = child(root, "clrMap")
    if mapping is None:
        mapping = child(root, "clrMapOvr", "overrideClrMapping")
    names: Mapping[str, str] = dict(mapping.attrib) if mapping is not None else {}
    return colours.mapped(names) if names else colours


def _place(shape: Shape, colours: Palette) -> Place:
    placeholder = shape.placeholder
    assert placeholder is not None
    style = list_style(child(shape.body, "lstStyle"), colours) if shape.body is not None else Style()
    return Place(placeholder.get("type", "obj"), placeholder.get("idx", ""), style)
