"""Office files are zip archives of XML parts. Opens them, and refuses what would harm the machine that reads it."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Protocol
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.parsers import expat

from scriptlint.model.document import ReadError
from scriptlint.model.record import dataclass

MOST_PARTS = 20_000
LARGEST_PART = 200_000_000
"""Bytes of one part after unpacking."""
LARGEST = 400_000_000
"""Bytes of all parts that are read, after unpacking."""
HIGHEST_RATIO = 250
"""How many bytes may come out of one packed byte; text packs 5 to 20 times, a bomb a thousand times."""
SMALL = 1_000_000
"""Bytes below which the ratio says nothing."""
DEEPEST = 400
"""Elements inside elements; Word stays below 60."""
MOST_ELEMENTS = 3_000_000
"""Elements of a part that is made into a tree: some 400 MB of memory. Longer parts are scanned."""

AT_ONCE = 1 << 16
"""Bytes of a part that is scanned which are in memory at a time."""

_STRICT = "{http://purl.oclc.org/ooxml/"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another. ``kind`` is the last word of its type (``image``, ``header``, ``comments``)."""

    kind: str
    target: str
    """The part it leads to, or an address when ``external``. External targets are never opened."""
    external: bool


class Sink(Protocol):
    """Takes the elements of a part one by one. Names are ``namespace}name``, attributes without one are bare.

    Strict Office XML has other namespaces than the ordinary kind (see ``transitional``); a sink knows both.
    """

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """An element begins."""

    def end(self, name: str, /) -> None:
        """An element ends."""

    def text(self, data: str, /) -> None:
        """Character data; that between two tags comes in one or more runs."""


class Package:
    """The parts of one Office file, unpacked only when asked for and only within bounds."""

    def __init__(self, data: bytes) -> None:
        """Open the archive. Raises ReadError when it is none, is encrypted, or has more parts than any real file."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise _not_a_package(data) from error
        infos = self._zip.infolist()
        if len(infos) > MOST_PARTS:
            raise ReadError(
                f"this file holds {len(infos)} parts, more than the {MOST_PARTS} that are opened",
                hint="save it anew in the program that made it",
            )
        self._infos = {info.filename.lstrip("/"): info for info in infos}
        self._read = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in the order of the archive."""
        return tuple(self._infos)

    def has(self, name: str) -> bool:
        """True when there is a part of this name."""
        return name in self._infos

    def read(self, name: str) -> bytes:
        """The bytes of one part. Raises ReadError when it is missing, damaged, encrypted or too large."""
        return b"".join(self._unpacked(name, LARGEST_PART))

    def _unpacked(self, name: str, at_once: int) -> Iterator[bytes]:
        info = self._infos.get(name)
        if info is None:
            raise ReadError(
                f"the part {name} is missing from this file", hint="save it anew in the program that made it"
            )
        if info.flag_bits & 1:
            raise ReadError("this file is encrypted", hint="remove the password and save it again")
        if info.file_size > LARGEST_PART or self._read + info.file_size > LARGEST:
            raise ReadError(f"the part {name} is larger than what is opened ({info.file_size} bytes)", hint=_SPLIT)
        if info.file_size > SMALL and info.file_size > HIGHEST_RATIO * max(info.compress_size, 1):
            raise ReadError(f"the part {name} unpacks to far more than any text does", hint=_SPLIT)
        left = info.file_size + 1
        try:
            with self._zip.open(info) as stream:
                # The size that the archive states is checked by reading: it may lie.
                while left and (data := stream.read(min(left, at_once))):
                    left -= len(data)
                    self._read += len(data)
                    yield data
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            RuntimeError,
            NotImplementedError,
            ValueError,
        ) as error:
            raise _damaged(name, error) from error
        if not left:
            raise ReadError(f"the part {name} is larger than it says", hint=_SPLIT)

    def xml(self, name: str) -> ElementTree.Element:
        """The root element of one part. Raises ReadError when it is not well-formed or declares a document type."""
        return parse_xml(self.read(name), name)

    def scan(self, name: str, sink: Sink) -> None:
        """Hand the elements of one part to ``sink`` as they come, building no tree: for parts of any length.

        Raises ReadError as ``xml`` does; what ``sink`` has been given by then was well-formed.
        """
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = sink.start
        parser.EndElementHandler = sink.end
        parser.CharacterDataHandler = sink.text
        parser.StartDoctypeDeclHandler = lambda *_: _no_doctype(name)
        try:
            for data in self._unpacked(name, AT_ONCE):
                parser.Parse(data, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise _damaged(name, error) from error

    def relations(self, name: str) -> Mapping[str, Relation]:
        """The links of a part by their id; none when it has none. Paths are resolved inside the archive."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", base + ".rels")
        if not self.has(rels):
            return {}
        found: dict[str, Relation] = {}
        for element in self.xml(rels).iter(_RELS):
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                # normpath keeps `..` that lead out of the archive; such a name is simply not a part of it.
                path = unquote(target.split("#")[0])
                target = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
            found[element.get("Id", "")] = Relation(element.get("Type", "").rsplit("/", 1)[-1], target, external)
        return found


def parse_xml(data: bytes, name: str) -> ElementTree.Element:
    """The root element of XML that declares no document type, so that no entity can expand or reach outside.

    Raises ReadError with the part's name when it is not well-formed, nested deeper than ``DEEPEST``, or has one.
    """
    try:
        parser = ElementTree.XMLParser(target=_Guarded(name))
        parser.feed(data)
        root = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise _damaged(name, error) from error
    assert isinstance(root, ElementTree.Element)
    return root


class _Guarded(ElementTree.TreeBuilder):
    """Builds a tree and stops at what only an attacker writes."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._depth = 0
        self._count = 0
        self._strict = False

    def doctype(self, *_: Any) -> None:
        _no_doctype(self._name)

    def start(self, tag: Any, attrs: Any) -> Any:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise ReadError(f"the part {self._name} is nested deeper than {DEEPEST} elements", hint=_UNSAFE)
        if self._count > MOST_ELEMENTS:
            raise ReadError(f"the part {self._name} has more than {MOST_ELEMENTS} elements", hint=_SPLIT)
        if self._strict or tag.startswith(_STRICT):
            # Elements of other namespaces in a strict part have strict attributes too (a chart's ``r:id``).
            self._strict = True
            tag = transitional(tag)
            attrs = {transitional(key): value for key, value in attrs.items()}
        return super().start(tag, attrs)

    def end(self, tag: Any) -> Any:
        self._depth -= 1
        return super().end(tag)


def transitional(name: str) -> str:
    """The name of an element or attribute of strict Office XML as ordinary Office XML has it; others as they are."""
    bare = name.removeprefix("{")
    if not bare.startswith("http://purl.oclc.org/ooxml/"):
        return name
    kind, _, rest = bare.removeprefix("http://purl.oclc.org/ooxml/").partition("/")
    brace = "{" if name.startswith("{") else ""
    return f"{brace}http://schemas.openxmlformats.org/{kind}/2006/{rest}"


def _no_doctype(name: str) -> None:
    raise ReadError(f"the part {name} declares a document type, which Office never does", hint=_UNSAFE)


def _damaged(name: str, error: Exception) -> ReadError:
    return ReadError(
        f"the part {name} of this file is damaged: {error}", hint="save it anew in the program that made it"
    )


_SPLIT = "split the file, or take out what is not text"
_UNSAFE = "do not open this file; ask where it came from"


def _not_a_package(data: bytes) -> ReadError:
    if data.startswith(_COMPOUND):
        if _ENCRYPTED_STREAM in data:
            return ReadError("this file is encrypted", hint="remove the password and save it again")
        return ReadError(
            "this is an old Office file (.doc, .xls, .ppt, .wps) under a new suffix",
            hint="save it as .docx, .xlsx or .pptx",
        )
    if not data:
        return ReadError("this file is empty, so it is no Office file", hint="export it again")
    return ReadError("this is not an Office file, or it is damaged", hint="open and save it anew, or copy it again")
