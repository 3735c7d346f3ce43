"""The parts of a MIME message with their bytes decoded, and its headers as people read them."""

from __future__ import annotations

import binascii
import email
import email.header
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.message import Message
from email.policy import compat32

from scriptlint.model.document import ReadError
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.readers._decode import decode

MOST_LINES = 3_000_000
"""Lines of a message: more than those of the largest file that is read, attached to it."""
MOST_PARTS = 500
_DEEPEST = 40
_WIDER = {"gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030"}
"""Character sets that programs name although they mean a larger one."""
_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/json": ".json",
    "application/zip": ".zip",
    "message/rfc822": ".eml",
    "text/html": ".html",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/calendar": ".ics",
}
_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What the parser of the standard library raises at malformed messages."""
_LIKE_HEADERS = lazy_re(rb"\s*(?:From |[!-9;-~]{1,60}:)")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its type, its bytes, and what is said of it."""

    kind: str
    data: bytes
    name: str
    """The file's name, made up from the type where there is none."""
    attached: bool
    charset: str
    flowed: bool
    deleted_spaces: bool
    content_id: str
    location: str
    damaged: bool
    alternatives: int
    """Number of the group of alternatives it is one of; 0 when it is none."""

    def text(self) -> str:
        """Its text. Raises ReadError when no character set fits."""
        name = _WIDER.get(self.charset, self.charset)
        if name:
            try:
                text = self.data.decode(name)
            except (LookupError, ValueError):
                return decode(self.data).text
            return text if not any("\ud800" <= char <= "\udfff" for char in text) else decode(self.data).text
        return decode(self.data).text


def message(data: bytes) -> Message:
    """Parse a message. Raises ReadError when these bytes are none."""
    if not data.strip():
        raise ReadError("this file is empty", hint="export the message again")
    if not _LIKE_HEADERS.match(data[:200]):
        raise ReadError("this is no mail message: it does not begin with headers", hint="export it again as .eml")
    if data.count(b"\n") > MOST_LINES:
        raise ReadError(f"this message has more than {MOST_LINES} lines", hint="save its attachments and check those")
    try:
        parsed: Message = email.message_from_bytes(data, policy=compat32)
    except _FAILURES as error:
        raise ReadError(f"this message is damaged: {error}", hint="export it again as .eml") from error
    if not parsed.keys() or not any(key.lower() in _KNOWN for key in parsed):
        raise ReadError("this is no mail message: it has no headers of one", hint="export it again as .eml")
    return parsed


_DAMAGE = ("InvalidBase64", "NoBoundary", "StartBoundary", "MultipartInvariant")
"""Defects of a part that mean lost text."""
_KNOWN = frozenset(
    [
        "from",
        "to",
        "subject",
        "date",
        "content-type",
        "mime-version",
        "received",
        "message-id",
        "return-path",
        "sender",
        "reply-to",
        "cc",
    ]
)


def is_cut_off(parsed: Message) -> bool:
    """True when a message ends inside one of its parts."""
    return any(type(defect).__name__.startswith("CloseBoundary") for part in parsed.walk() for defect in part.defects)


def header(parsed: Message, name: str) -> str:
    """A header with its encoded words read; empty when there is none."""
    try:
        value = parsed.get(name)
    except _FAILURES:
        return ""
    return words(value) if value is not None else ""


def words(value: object) -> str:
    """The words of a header, in which every piece may have its own encoding, or none that is said."""
    try:
        pieces = email.header.decode_header(value)  # type: ignore[arg-type]
    except (*_FAILURES, HeaderParseError):
        pieces = [(str(value), None)]
    found: list[str] = []
    for piece, charset in pieces:
        if isinstance(piece, str):
            piece = piece.encode("utf-8", errors="surrogateescape")
            charset = None
        found.append(_decoded(piece, charset))
    return " ".join("".join(found).split())


def _decoded(piece: bytes, charset: str | None) -> str:
    name = (charset or "").lower()
    for candidate in (_WIDER.get(name, name), "utf-8", "gb18030"):
        try:
            text = piece.decode(candidate)
        except (LookupError, ValueError):
            continue
        if not any("\ud800" <= char <= "\udfff" for char in text):
            return text
    return piece.decode("ascii", errors="replace")


def parts(parsed: Message) -> Iterator[Part]:
    """The parts of a message in order, those inside others included; a message inside is one part."""
    waiting: list[tuple[Message, int, int]] = [(parsed, 0, 0)]
    groups = 0
    count = 0
    while waiting:
        part, depth, group = waiting.pop()
        kind = _kind(part)
        inner = part.get_payload()
        if kind.startswith("multipart/") and isinstance(inner, list) and depth < _DEEPEST:
            if kind == "multipart/alternative":
                groups += 1
                group = groups
            waiting += [(child, depth + 1, group) for child in reversed(inner) if isinstance(child, Message)]
            continue
        count += 1
        if count > MOST_PARTS:
            return
        yield _part(part, kind, group)


def _kind(part: Message) -> str:
    try:
        return part.get_content_type()
    except _FAILURES:
        return "application/octet-stream"


def _part(part: Message, kind: str, group: int) -> Part:
    data, damaged = _bytes(part, kind)
    name = _name(part)
    disposition = header(part, "Content-Disposition").lower()
    return Part(
        kind=kind,
        data=data,
        name=name or f"{kind.split('/')[0]}{_SUFFIXES.get(kind, '')}",
        attached=disposition.startswith("attachment") or (bool(name) and not disposition.startswith("inline")),
        charset=_parameter(part, "charset").lower(),
        flowed=_parameter(part, "format").lower() == "flowed",
        deleted_spaces=_parameter(part, "delsp").lower() == "yes",
        content_id=header(part, "Content-ID").strip("<> "),
        location=header(part, "Content-Location"),
        damaged=damaged,
        alternatives=group,
    )


def _bytes(part: Message, kind: str) -> tuple[bytes, bool]:
    """The bytes of a part, and whether their encoding was damaged."""
    try:
        payload = part.get_payload()
        if kind.startswith("message/") and isinstance(payload, list):
            return b"\n".join(bytes(inner) for inner in payload if isinstance(inner, Message)), False
        if isinstance(payload, list):  # parts nested too deeply, or of a type that should have none
            return bytes(part), True
        data = part.get_payload(decode=True)
    except (*_FAILURES, binascii.Error):
        return b"", True
    damaged = any(type(defect).__name__.startswith(_DAMAGE) for defect in part.defects)
    return (data if isinstance(data, bytes) else b""), damaged


def _name(part: Message) -> str:
    try:
        name = part.get_filename()
    except _FAILURES:
        return ""
    return words(name) if name else ""


def _parameter(part: Message, name: str) -> str:
    try:
        value = part.get_param(name)
    except _FAILURES:
        return ""
    if isinstance(value, tuple):
        value = value[2]
    return str(value or "").strip().strip("'\"")
