"""Changes XML where it must change and leaves every other byte as it is.

An XML library would write the whole part anew, with other prefixes, attributes in another order and what it does not
know left out; Word refuses some of that. So elements are found by a parser that tells byte places, and the changes are
spliced into the bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from xml.parsers import expat

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass

_ENCODING = lazy_re(rb"(<\?xml[^>]*?encoding\s*=\s*[\"'])([A-Za-z0-9._-]+)")
_TAG = lazy_re(rb"</?[^\s/>]+(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_TAG_NAME = lazy_re(rb"</?([^\s/>]+)")
_CHARACTER = lazy_re(rb"\r\n|&[^;]*;|[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*")
_NOT_XML = lazy_re("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Found:
    """Byte places of one element: where its tags begin and end. Of ``<a/>`` the end tag is empty."""

    start: int
    inside: int
    """Where the start tag ends."""
    close: int
    """Where the end tag begins."""
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Bytes to write for a range of bytes. Edits at one place are applied in the order of ``rank``."""

    start: int
    end: int
    rank: int
    new: bytes


def as_utf8(data: bytes) -> bytes:
    """The same part in UTF-8, in which places are counted. Office writes nothing else; others may."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16").encode("utf-8")
    declared = _ENCODING.match(data)
    if declared is None or declared[2].lower() in (b"utf-8", b"us-ascii"):
        return data
    name = declared[2].decode("ascii").lower()
    if not name.startswith("utf-16"):
        data = data.decode(name).encode("utf-8")
    return _ENCODING.sub(rb"\1UTF-8", data, count=1)


def find(data: bytes, ordinals: Collection[int]) -> dict[int, Found]:
    """The places of the elements with these numbers, counted from 0 in the order in which they begin."""
    found: dict[int, Found] = {}
    opened: list[tuple[int, int]] = []
    count = 0
    parser = expat.ParserCreate()

    def start(name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG001
        nonlocal count
        opened.append((count, parser.CurrentByteIndex))
        count += 1

    def end(name: str) -> None:  # noqa: ARG001
        number, begin = opened.pop()
        if number not in ordinals:
            return
        inside = tag_end(data, begin)
        close = parser.CurrentByteIndex
        if data[inside - 2 : inside] == b"/>":
            found[number] = Found(begin, inside, inside, inside)
        else:
            found[number] = Found(begin, inside, close, tag_end(data, close))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(data, True)
    return found


def tag_end(data: bytes, start: int) -> int:
    """Where the tag that begins at a byte ends."""
    match = _TAG.match(data, start)
    if match is None:
        raise ValueError(f"no tag at byte {start}")
    return match.end()


def tag_name(data: bytes, start: int) -> bytes:
    """The name of the tag that begins at a byte, with its prefix."""
    match = _TAG_NAME.match(data, start)
    return match[1] if match else b""


def characters(raw: bytes) -> list[int] | None:
    """Where each character of text begins, and where the last one ends; None where it is more than plain text."""
    if b"<" in raw:
        return None
    places = [match.start() for match in _CHARACTER.finditer(raw)]
    return [*places, len(raw)]


def spliced(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes with all edits applied. Edits do not overlap; several may insert at one place."""
    parts: list[bytes] = []
    at = 0
    for edit in sorted(edits):
        if edit.start < at:
            raise ValueError("changes overlap")
        parts += [data[at : edit.start], edit.new]
        at = edit.end
    return b"".join([*parts, data[at:]])


def with_child(data: bytes, child: bytes) -> bytes:
    """A part with one more child at the end of its root element."""
    data = as_utf8(data)
    root = find(data, {0})[0]
    if root.close == root.inside == root.end:
        name = tag_name(data, root.start)
        return spliced(data, [Edit(root.end - 2, root.end, 0, b">" + child + b"</" + name + b">")])
    return spliced(data, [Edit(root.close, root.close, 0, child)])


def escaped(text: str) -> str:
    """Text as it may stand in XML, in an element or an attribute."""
    text = _NOT_XML.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
