"""Writes down the text of a format that is none (Word, PDF, mail): one paragraph a line, each knowing its place."""

from __future__ import annotations

from scriptlint.model.document import ReadError
from scriptlint.model.span import OffsetMap
from scriptlint.readers._decode import Decoded
from scriptlint.readers._prose import Prose
from scriptlint.readers._raw import MOST_PIECES


class Composer:
    """Grows the source of a document that has to be written first."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    @property
    def length(self) -> int:
        """Code points written so far: the offset of the next paragraph."""
        return self._length

    def add(self, text: str) -> Prose:
        """Write a paragraph and give it back as prose of the source. Line breaks inside it stay.

        Raises ReadError when there are more than any file that people write has.
        """
        if len(self._parts) >= MOST_PIECES:
            raise ReadError(f"this file has more than {MOST_PIECES} paragraphs", hint="split it")
        start = self._length
        self._parts.append(text + "\n")
        self._length += len(text) + 1
        return Prose(text, OffsetMap.identity(len(text), start))

    def decoded(self, encoding: str = "utf-8") -> Decoded:
        """All that was written, for ``document``. ``encoding`` is that of the file, where it has one."""
        return Decoded("".join(self._parts), encoding)
