"""Plain text: lines, blank lines between blocks, and the layout people make out of nothing but signs."""

from __future__ import annotations

from scriptlint.model.document import Document
from scriptlint.readers._raw import RawFile

SUFFIXES = (".txt", ".text", ".log")


def read(raw: RawFile) -> Document:
    """Read plain text. Raises ReadError when it cannot be decoded."""
    from scriptlint.readers._blocks import document
    from scriptlint.readers._plainblocks import reading

    decoded = raw.decoded()
    return document(raw, decoded, "plain", reading(decoded.text))
