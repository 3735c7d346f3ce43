"""Readers turn the bytes of a file into a Document. One module a format, picked by suffix.

A reader module states ``SUFFIXES`` and ``read(raw) -> Document``. It is a thin front door: what is costly to
import (a parser, a table of patterns) stands in a helper module that ``read`` imports, so that asking every
reader for its suffixes costs next to nothing.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import cast

from scriptlint import registry
from scriptlint.model.document import Document, ReadError
from scriptlint.readers._raw import RawFile, ReadOptions, SpeakerNames, suffix_of

__all__ = ["RawFile", "ReadOptions", "SpeakerNames", "formats", "read", "refusal", "refused", "suffixes", "supported"]

MOST_CHARACTERS = 2_000_000
"""Characters of prose in one file, some twenty novels: what is found in a text is kept until its end, at up to a
kilobyte a character."""

_FALLBACK = "plain"
# Formats that hold more than their text, so that reading them as text would read nothing. Words for customers may
# stand in the first three; a folder is not clean while it holds one.
_DOCUMENTS = (
    ".doc .docx .docm .dot .wps .wpt .xls .xlsx .xlsm .xlsb .xlt .xlam .et .ett .ppt .pptx .pptm .pps .pot .dps .dpt "
    ".odt .ods .odp .rtf .pdf .ofd .pages .numbers .key .eml .msg .mht .mhtml .epub"
)
_PICTURES = ".png .jpg .jpeg .gif .bmp .webp .tif .tiff .heic .svg"
_ARCHIVES = ".zip .rar .7z .gz .tar .tgz .bz2 .xz"
_OTHERS = ".mp3 .wav .m4a .amr .mp4 .mov .avi .mkv .parquet .db .sqlite .exe .dll .pyc"
# What the programs of old and binary Office formats can save instead.
_MODERN = {".docx": ".doc .dot .wps .wpt", ".xlsx": ".xls .xlsb .xlt .et .ett", ".pptx": ".ppt .pps .pot .dps .dpt"}


def read(path: str, data: bytes, options: ReadOptions | None = None) -> Document:
    """Read one file. Raises ReadError when it cannot be read at all.

    A file of unknown suffix is read as plain text if it is text. What could be read only in part says so in
    ``Document.unread``.
    """
    raw = RawFile(path, data, options or ReadOptions())
    document = cast(Document, _reader(raw).read(raw))
    said = sum(len(segment.text) for segment in document.segments)
    if said > MOST_CHARACTERS:
        raise ReadError(
            f"this file says {said} characters, more than the {MOST_CHARACTERS} checked at once", hint="split it"
        )
    return document


def supported(path: str) -> bool:
    """True when a reader knows this suffix."""
    return _by_suffix(suffix_of(path)) is not None


def refused(path: str) -> str:
    """What a file without a reader is that may hold words for customers: ``document``, ``picture`` or ``archive``.

    Empty for all others. Such a file is unread and not merely left aside.
    """
    suffix = suffix_of(path)
    kinds = {"document": _DOCUMENTS, "picture": _PICTURES, "archive": _ARCHIVES}
    kind = next((kind for kind, listed in kinds.items() if suffix in listed.split()), "")
    return "" if kind and supported(path) else kind


def formats() -> tuple[str, ...]:
    """The names of all readers."""
    return registry.names(__name__)


def suffixes() -> tuple[str, ...]:
    """Every suffix some reader knows, sorted."""
    return tuple(sorted({suffix for name in formats() for suffix in registry.load(__name__, name).SUFFIXES}))


def _reader(raw: RawFile) -> ModuleType:
    wanted = raw.options.format
    if wanted is not None:
        name = wanted.lower() if wanted.lower() in formats() else _by_suffix(raw.suffix)
        if name is None:
            raise ReadError(f'there is no reader called "{wanted}"', hint=f"one of {', '.join(formats())}")
        return registry.load(__name__, name)
    name = _by_suffix(raw.suffix)
    if name is None and raw.suffix in f"{_DOCUMENTS} {_PICTURES} {_ARCHIVES} {_OTHERS}".split():
        raise refusal(raw.path)
    return registry.load(__name__, name or _FALLBACK)


def refusal(path: str) -> ReadError:
    """What is said of a file whose format no reader knows."""
    suffix = suffix_of(path)
    return ReadError(f"{suffix} files are not supported yet", hint=_cure(suffix))


def _cure(suffix: str) -> str:
    if suffix in _PICTURES.split():
        return "check the words of a picture as text; leave pictures without words out with `exclude`"
    if suffix in _ARCHIVES.split():
        return "unpack it and check the files in it"
    modern = next((new for new, old in _MODERN.items() if suffix in old.split()), "text, Markdown, HTML or CSV")
    return f"save it as {modern} and check that file"


@cache
def _by_suffix(suffix: str) -> str | None:
    """The reader for a suffix. The one of the same name is asked first, then that of text, so that mostly one or two
    are imported."""
    names = formats()
    first = suffix.removeprefix(".")
    for name in sorted(names, key=lambda name: (name != first, name != _FALLBACK, name)):
        if suffix in registry.load(__name__, name).SUFFIXES:
            return name
    return None
