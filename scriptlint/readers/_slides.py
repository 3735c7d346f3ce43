"""Reads a presentation: slides in the order they are shown, their notes and comments, and what their layouts add."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from scriptlint.model.document import ReadError, Scope
from scriptlint.model.record import replace
from scriptlint.readers._blocks import Reading
from scriptlint.readers._colours import number
from scriptlint.readers._container import Attachment
from scriptlint.readers._deck import TITLES, Deck, Sheet, drawn, mapped
from scriptlint.readers._decode import Decoded
from scriptlint.readers._ooxml import RELATIONS, child, children, clean, inside, local, main_part, related, truth
from scriptlint.readers._package import Package
from scriptlint.readers._raw import RawFile
from scriptlint.readers._shapes import Shape
from scriptlint.readers._slidenotes import Comment, comments
from scriptlint.readers._slideshapes import Slide, Writer
from scriptlint.readers._unreadparts import embedded

_DEFAULT_SECTIONS = ("", "默认节", "Default Section", "无标题节", "Untitled Section")


def reading(raw: RawFile) -> tuple[Decoded, Reading, list[Attachment]]:
    """The text of a presentation, its blocks, and the files inside it. Raises ReadError when it is none."""
    package = Package(raw.data)
    part, root = main_part(package, "presentation", "a PowerPoint presentation (.pptx)")
    reader = _Slides(package, part, root, Writer(package, raw.options.speakers))
    reader.read()
    notes = ["macros are program code and were not checked"] if related(package, part, "vbaProject") else []
    out = reader.out
    return out.text.decoded(), Reading(out.blocks, {}, out.unread.all(), tuple(notes)), reader.attachments


class _Slides:
    """The state of one pass over a presentation."""

    def __init__(self, package: Package, part: str, root: Element, out: Writer) -> None:
        self.package = package
        self.part = part
        self.root = root
        self.out = out
        self.attachments: list[Attachment] = []
        self.deck = Deck(package, part, root)
        size = child(root, "sldSz")
        self._size = (number(size.get("cx"), 0), number(size.get("cy"), 0)) if size is not None else (0.0, 0.0)

    def read(self) -> None:
        """Read all slides, then the layouts and masters that show on them."""
        links = self.package.relations(self.part)
        sections = self._sections()
        listed = child(self.root, "sldIdLst")
        current: str | None = None
        for count, entry in enumerate(children(listed) if listed is not None else (), 1):
            where = f"slide {count}"
            link = links.get(entry.get(RELATIONS + "id", ""))
            if link is None or link.external or not self.package.has(link.target):
                self.out.unread.add(where, "this slide is missing from the file")
                continue
            name = sections.get(entry.get("id", ""), "")
            above = (name,) if name else ()
            if name and name != current:
                self.out.put(name, Scope.HEADING, (), where, None)
            current = name
            try:
                self._slide(link.target, where, above)
            except ReadError as error:
                self.out.unread.add(where, error.message)
        self._below()

    def _sections(self) -> dict[str, str]:
        """The names that groups of slides have, by the ids of their slides."""
        found: dict[str, str] = {}
        for section in inside(self.root, "section"):
            name = " ".join(clean(section.get("name", "")).split())
            if name not in _DEFAULT_SECTIONS:
                found.update((entry.get("id", ""), name) for entry in inside(section, "sldId"))
        return found

    def _slide(self, part: str, where: str, above: tuple[str, ...]) -> None:
        root = self.package.xml(part)
        layout = self.deck.below(part, "slideLayout")
        hidden = not truth(root.get("show"), True)
        found = [self._parked(shape) for shape in drawn(root, hidden=hidden)]
        # The title is read first, wherever it is stacked.
        found.sort(key=lambda shape: not _is_title(shape))
        said = list(self._comments(part, where))
        slide = Slide(where, self.package.relations(part), layout, mapped(layout.colours, root), hidden)
        title = " ".join(" ".join(self.out.words(shape, slide).split()) for shape in found[:1] if _is_title(shape))
        section = (*above, title or where)
        known = {shape.id for shape in found}
        self._say([comment for comment in said if comment.shape not in known], where, above)
        for shape in found:
            self._say([comment for comment in said if shape.id and comment.shape == shape.id], where, section)
            self.out.shape(shape, slide, above if _is_title(shape) and title else section)
        self._background(root, where)
        self._notes(part, where, section, hidden)
        self._inside(part, where)

    def _parked(self, shape: Shape) -> Shape:
        """A shape that lies wholly beside the slide is not shown."""
        frame = child(shape.element, "spPr", "xfrm") or child(shape.element, "xfrm")
        start, size = child(frame, "off"), child(frame, "ext")
        if shape.grouped or start is None or size is None or not all(self._size):
            return shape
        for low, long, limit in (("x", "cx", self._size[0]), ("y", "cy", self._size[1])):
            at = number(start.get(low), 0)
            if at >= limit or at + number(size.get(long), 0) <= 0:
                return replace(shape, hidden=True)
        return shape

    def _comments(self, part: str, where: str) -> Iterator[Comment]:
        try:
            yield from comments(self.package, part)
        except ReadError as error:
            self.out.unread.add(where, error.message)

    def _say(self, said: Sequence[Comment], where: str, section: tuple[str, ...]) -> None:
        for comment in said:
            self.out.put(comment.text, Scope.COMMENT, section, f"{where} comment", None)

    def _notes(self, part: str, where: str, section: tuple[str, ...], hidden: bool) -> None:
        for link in related(self.package, part, "notesSlide"):
            try:
                root, links = self.package.xml(link.target), self.package.relations(link.target)
                master = self.deck.below(link.target, "notesMaster")
            except ReadError as error:
                self.out.unread.add(f"{where} notes", error.message)
                continue
            slide = Slide(f"{where} notes", links, master, mapped(master.colours, root), hidden, notes=True)
            for shape in drawn(root):
                self.out.shape(shape, slide, section)
            self._inside(link.target, f"{where} notes")

    def _background(self, root: Element, where: str) -> None:
        background = child(root, "cSld", "bg")
        pictures = sum(1 for _ in inside(background, "blip")) if background is not None else 0
        self.out.unread.count(where, "background picture", "", pictures)

    def _inside(self, part: str, where: str) -> None:
        self.attachments.extend(embedded(self.package, part, where, self.out.unread))

    def _below(self) -> None:
        """What layouts and masters show on the slides that use them. Their prompts are not shown and not read."""
        said: set[str] = set()
        shown = {sheet.below.part for sheet in self.deck.used if sheet.below is not None and sheet.shows_below}
        counts: dict[str, int] = {}
        for sheet in self.deck.used:
            kind = _kind(sheet)
            if kind == "master" and sheet.part not in shown:
                continue
            counts[kind] = counts.get(kind, 0) + 1
            name = child(sheet.root, "cSld")
            called = " ".join(clean(name.get("name", "")).split()) if name is not None else ""
            where = f"{kind} {called or counts[kind]}"
            slide = Slide(where, self.package.relations(sheet.part), sheet, sheet.colours, hidden=False)
            for shape in drawn(sheet.root):
                # Copies of a master say the same again.
                words = self.out.words(shape, slide)
                if shape.placeholder is None and not (words and words in said):
                    said.add(words)
                    self.out.shape(shape, slide, (where,))
            self._background(sheet.root, where)
            self._inside(sheet.part, where)


def _kind(sheet: Sheet) -> str:
    return {"sldLayout": "layout", "sldMaster": "master", "notesMaster": "notes master"}.get(
        local(sheet.root), "layout"
    )


def _is_title(shape: Shape) -> bool:
    placeholder = shape.placeholder
    return placeholder is not None and placeholder.get("type") in TITLES
