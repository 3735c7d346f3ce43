"""Bytes to text. The order is fixed: byte-order mark, UTF-8, UTF-16 without a mark, GB18030.

A wrong guess must not pass in silence: what is binary or fits no encoding is an error, and a guess that gives
unlikely text is marked doubtful.
"""

from __future__ import annotations

import codecs
import re

from scriptlint.model.document import ReadError
from scriptlint.model.record import dataclass

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls, .ppt)"),
    (b"{\\rtf", "a rich-text (RTF) document"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"ID3", "an audio file"),
)
# Compiled where they are needed, which is for few files.
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_CONTROL = "[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]"
_LIKELY = "[\t\n\r -~\u2010-\u2030\u3000-\u301f\u4e00-\u9fff\uff00-\uffef]"
_DOUBTFUL_SHARE = 0.3
"""Share of rare Han characters: about 0 in Simplified text, 0.4 and more in Big5 taken for GB18030."""
_CURE = "save the file as UTF-8, or name its encoding with the `encoding` setting (for example gb18030 or big5)"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file without its byte-order mark, and the encoding it was in.

    ``doubtful`` says why the encoding may have been guessed wrongly; mostly it is empty.
    """

    text: str
    encoding: str
    doubtful: str = ""


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode a file, by ``encoding`` where it is given. Raises ReadError when no encoding fits."""
    for magic, kind in _BINARY:
        if data.startswith(magic):
            raise ReadError(f"this is not text: it looks like {kind}", hint="save it as text, Markdown, HTML or CSV")
    if encoding is not None:
        return _by_name(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            shown = "utf-8-sig" if name == "utf-8" else name
            return Decoded(_strict(data, name, len(mark)), shown)
    if b"\x00" in data:
        return _utf16_or_binary(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _is_broken_utf8(data):
            raise _undecodable("UTF-8", error.start, data) from None
        return _gb18030(data, error.start)


def _strict(data: bytes, encoding: str, skip: int = 0) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(encoding.upper(), error.start + skip, data) from None


def _undecodable(name: str, offset: int, data: bytes) -> ReadError:
    shown = f"0x{data[offset]:02X}" if offset < len(data) else "the end"
    return ReadError(f"not valid {name} at byte {offset} ({shown})", hint=_CURE)


def _by_name(data: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise _undecodable(encoding, error.start, data) from None
    except (LookupError, ValueError):  # also codecs that do not give text, such as base64
        raise ReadError(f'"{encoding}" is not a text encoding', hint="correct the `encoding` setting") from None
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise ReadError(f'"{encoding}" gives characters that cannot stand in text', hint=_CURE)
    return Decoded(text.removeprefix("\ufeff"), name)


def _utf16_or_binary(data: bytes) -> Decoded:
    """Text in UTF-16 shows as NUL at every second byte of its Latin letters, blanks and line ends."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 == 0 and (even == 0 or odd == 0):
        name = "utf-16-le" if even == 0 else "utf-16-be"
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            text = ""
        if text and len(re.findall(_LIKELY, text)) >= 0.9 * len(text):
            return Decoded(text, name)
    raise ReadError(
        f"this is not text: it holds a NUL byte at byte {data.index(0)} and looks like binary data",
        hint=_CURE,
    )


def _is_broken_utf8(data: bytes) -> bool:
    """True when nearly all of it is UTF-8: then a bad byte is damage, not another encoding."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    wide = sum(1 for char in text if char > "\u07ff") - bad  # three bytes and more: not there by chance
    return wide >= 4 * bad


def _gb18030(data: bytes, utf8_error: int) -> Decoded:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise ReadError(f"neither UTF-8 (byte {utf8_error}) nor GB18030 (byte {error.start})", hint=_CURE) from None
    if len(re.findall(_CONTROL, text)) * 50 > len(text):
        raise ReadError("this is not text: it is full of control characters and looks like binary data", hint=_CURE)
    return Decoded(text, "gb18030", _doubt(text))


def _doubt(text: str) -> str:
    han = re.findall(_HAN, text)
    rare = sum(1 for char in han if not _in_gb2312(char))
    if len(han) < 4 or rare <= _DOUBTFUL_SHARE * len(han):
        return ""
    return (
        f"read as GB18030, but {rare} of {len(han)} Han characters are rare in Simplified text: "
        "it may be Big5; set `encoding` to be sure"
    )


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
