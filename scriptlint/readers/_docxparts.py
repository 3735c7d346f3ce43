"""The parts of a Word file beside its text: styles, lists, comments, notes, headers. A damaged one is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from scriptlint.model.document import ReadError
from scriptlint.readers._docxnumbers import Numbering
from scriptlint.readers._docxstyles import Styles, W
from scriptlint.readers._ooxml import RELATIONS, children, local, main_part, related
from scriptlint.readers._package import Package, Relation


class Parts:
    """Finds and loads parts. ``tell`` is called with what is wrong with one and what it is."""

    def __init__(self, package: Package, tell: Callable[[str, str], None]) -> None:
        """Find the main part. Raises ReadError when this is no Word document."""
        self.package = package
        self.main, self.root = main_part(package, "document", "a Word document")
        self.links: Mapping[str, Relation] = package.relations(self.main)
        self._tell = tell
        self.styles = Styles(self._first("styles"))
        self.numbering = Numbering(self._first("numbering"))
        self.comments, self.comment_links = self.numbered("comments", "comment")

    def numbered(self, kind: str, name: str) -> tuple[Mapping[str, Element], Mapping[str, Relation]]:
        """The comments or notes by their ids, and the links of their part."""
        root = self._first(kind)
        if root is None:
            return {}, {}
        links = self.package.relations(related(self.package, self.main, kind)[0].target)
        found = (element for element in children(root) if local(element) == name)
        return {element.get(W + "id", ""): element for element in found}, links

    def margins(self, kind: str) -> Iterator[tuple[str, Element, Mapping[str, Relation]]]:
        """Headers or footers with what they are called: those that sections name, in their order, then any other."""
        named = [element.get(RELATIONS + "id", "") for element in self.root.iter(f"{W}{kind}Reference")]
        links = [self.links[name] for name in dict.fromkeys(named) if name in self.links]
        parts = dict.fromkeys(link.target for link in (*links, *related(self.package, self.main, kind)))
        for number, part in enumerate((part for part in parts if self.package.has(part)), 1):
            root = self._loaded(part, f"{kind} {number}")
            if root is not None:
                yield f"{kind} {number}", root, self.package.relations(part)

    def has(self, kind: str) -> bool:
        """True when the main part links to a part of this kind."""
        return bool(related(self.package, self.main, kind))

    def _first(self, kind: str) -> Element | None:
        link = next(iter(related(self.package, self.main, kind)), None)
        return self._loaded(link.target, kind) if link is not None else None

    def _loaded(self, part: str, name: str) -> Element | None:
        try:
            return self.package.xml(part)
        except ReadError as error:
            self._tell(error.message, name)
            return None
