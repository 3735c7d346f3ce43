"""Office files are zip archives of XML parts. Opens them, and refuses what would harm the machine that reads it."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from scriptlint.model.document import ReadError

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
        try:
            with self._zip.open(info) as stream:
                # The size that the archive states is checked by reading: it may lie.
                data = stream.read(info.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            RuntimeError,
            NotImplementedError,
            ValueError,
        ) as error:
            raise ReadError(
                f"the part {name} of this file is damaged: {error}", hint="save it anew in the program that made it"
            ) from error
        if len(data) > info.file_size:
            raise ReadError(f"the part {name} is larger than it says", hint=_SPLIT)
        self._read += len(data)
        return data

    def xml(self, name: str) -> ElementTree.Element:
        """The root element of one part. Raises ReadError when it is not well-formed or declares a document type."""
        return parse_xml(self.read(name), name)

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
        raise ReadError(
            f"the part {name} of this file is damaged: {error}", hint="save it anew in the program that made it"
        ) from error
    assert isinstance(root, ElementTree.Element)
    return root


class _Guarded(ElementTree.TreeBuilder):
    """Builds a tree and stops at what only an attacker writes."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._depth = 0

    def doctype(self, *_: Any) -> None:
        raise ReadError(f"the part {self._name} declares a document type, which Office never does", hint=_UNSAFE)

    def start(self, tag: Any, attrs: Any) -> Any:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ReadError(f"the part {self._name} is nested deeper than {DEEPEST} elements", hint=_UNSAFE)
        return super().start(tag, attrs)

    def end(self, tag: Any) -> Any:
        self._depth -= 1
        return super().end(tag)


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
