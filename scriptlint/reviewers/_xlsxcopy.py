"""The parts of a workbook that a review copy changes or adds, with the links and content types they need."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from xml.parsers import expat

from scriptlint.readers._ooxml import local
from scriptlint.readers._package import Package, parse_xml
from scriptlint.reviewers._rawxml import Edit, Found, as_utf8, find, spliced, tag_name, with_child

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"


class Copy:
    """Gathers changes to a package; nothing is written before all are known."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.changed: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        """A part as it is by now, in UTF-8."""
        return self.changed.get(name) or as_utf8(self.package.read(name))

    def has(self, name: str) -> bool:
        """True when there is such a part by now."""
        return name in self.changed or self.package.has(name)

    def free(self, pattern: str) -> str:
        """A name for a new part: the pattern with the first number that is not taken."""
        number = 1
        taken = {name.lower() for name in (*self.package.names, *self.changed)}
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def link(self, part: str, kind: str, target: str) -> str:
        """Link a part to another; gives the id of the link."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", base + ".rels")
        data = self.read(name) if self.has(name) else f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode()
        number = 1
        while f'"scriptlint{number}"'.encode() in data:
            number += 1
        new = (
            f'<Relationship xmlns="{_RELATIONSHIPS}" Id="scriptlint{number}" Type="{LINKS}/{kind}" Target="/{target}"/>'
        )
        self.changed[name] = with_child(data, new.encode())
        return f"scriptlint{number}"

    def typed(self, part: str, content: str) -> None:
        """Say what a new part is."""
        new = f'<Override xmlns="{_TYPES}" PartName="/{part}" ContentType="{content}"/>'
        self.changed[_CONTENT_TYPES] = with_child(self.read(_CONTENT_TYPES), new.encode())

    def typed_suffix(self, suffix: str, content: str) -> None:
        """Say what all parts of a suffix are, unless it is said."""
        data = self.read(_CONTENT_TYPES)
        if re.search(rb"Extension\s*=\s*[\"']" + suffix.encode() + rb"[\"']", data, re.IGNORECASE):
            return
        new = f'<Default xmlns="{_TYPES}" Extension="{suffix}" ContentType="{content}"/>'
        root = find(data, {0})[0]
        if root.inside == root.end:
            self.changed[_CONTENT_TYPES] = with_child(data, new.encode())
        else:  # as everybody writes them, before what is said of single parts
            self.changed[_CONTENT_TYPES] = spliced(data, [Edit(root.inside, root.inside, 0, new.encode())])


def into(data: bytes, name: str, child: bytes, *, which: int | None = None) -> bytes:
    """XML with one more child at the end of the first element of that local name, or of the one numbered ``which``.

    Raises LookupError when there is no such element.
    """
    if which is None:
        which = next((number for number, tag in enumerate(parse_xml(data, name).iter()) if local(tag) == name), None)
        if which is None:
            raise LookupError(f"{name} is missing")
    return spliced(data, [appended(data, find(data, {which})[which], child)])


def appended(data: bytes, element: Found, child: bytes) -> Edit:
    """The edit that puts a child at the end of an element."""
    if element.inside == element.end:  # <a/>
        return Edit(element.end - 2, element.end, 0, b">" + child + b"</" + tag_name(data, element.start) + b">")
    return Edit(element.close, element.close, 0, child)


def beneath_root(data: bytes) -> list[tuple[str, int]]:
    """The local names of the children of the root and where they begin; last the root's own end tag."""
    found: list[tuple[str, int]] = []
    depth = 0
    parser = expat.ParserCreate(namespace_separator="}")

    def start(name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG001
        nonlocal depth
        depth += 1
        if depth == 2:
            found.append((name.rsplit("}", 1)[-1], parser.CurrentByteIndex))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 0:
            found.append((name.rsplit("}", 1)[-1], parser.CurrentByteIndex))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(data, True)
    return found
