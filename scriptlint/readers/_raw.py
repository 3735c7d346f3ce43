"""What a reader is given: the bytes of one file and the settings that bear on reading it."""

from __future__ import annotations

import posixpath

from scriptlint.model.document import ReadError
from scriptlint.model.record import dataclass, field
from scriptlint.readers._decode import Decoded, decode

LARGEST_TEXT = 40_000_000
"""Bytes of a text file: a whole library of scripts; parsing as much takes some 500 MB of memory."""
MOST_PIECES = 500_000
"""Lines, cells, values or elements of a text file, each of which takes a kilobyte however short it is."""


@dataclass(frozen=True, slots=True)
class SpeakerNames:
    """Extra speaker labels a team uses, beside those scriptlint knows (compared without case and colon)."""

    institution: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    third: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Settings that bear on reading. ``encoding`` overrides detection."""

    encoding: str | None = None
    speakers: SpeakerNames = field(default_factory=SpeakerNames)
    format: str | None = None
    """Name of the reader, or a suffix without its dot, to use whatever the path says."""
    deletions: bool = False
    """Whether text that tracked changes take out is read too, in formats that keep it."""
    scripts_in_columns: bool = False
    """Whether each column of a spreadsheet is a script; else each row is one."""
    depth: int = 0
    """How many files this one lies in: 1 for an attachment of a mail."""


@dataclass(frozen=True, slots=True)
class RawFile:
    """One file before it is read."""

    path: str
    data: bytes
    options: ReadOptions = field(default_factory=ReadOptions)

    @property
    def suffix(self) -> str:
        """The suffix that says how to read it, in lower case: that of the given format, else the path's."""
        return f".{self.options.format.lower()}" if self.options.format else suffix_of(self.path)

    def decoded(self, parting: str = "") -> Decoded:
        """The text of the file with the encoding it was in.

        ``parting`` are the characters that part pieces of text beside the ends of lines. Raises ReadError when no
        encoding fits, or when it is longer or in more pieces than any text that people write.
        """
        if len(self.data) > LARGEST_TEXT:
            raise ReadError(
                f"this file is larger than the {LARGEST_TEXT // 1_000_000} MB of text that are read", hint="split it"
            )
        decoded = decode(self.data, self.options.encoding)
        if pieces(decoded.text, parting) > MOST_PIECES:
            raise ReadError(f"this file has more than {MOST_PIECES} lines or other pieces of text", hint="split it")
        return decoded


def pieces(text: str, parting: str = "") -> int:
    """Into how many pieces a text may come apart at the ends of its lines and at these characters."""
    return sum(text.count(sign) for sign in f"\n\r{parting}")


def suffix_of(path: str) -> str:
    """The last suffix of a path in lower case with its dot; empty when there is none."""
    return posixpath.splitext(path.replace("\\", "/"))[1].lower()
