"""HTML pages: what a visitor reads, with entities decoded and blanks run together as a browser does."""

from __future__ import annotations

from scriptlint.model.document import Document
from scriptlint.readers._raw import RawFile

SUFFIXES = (".html", ".htm", ".xhtml")


def read(raw: RawFile) -> Document:
    """Read HTML, however broken. Raises ReadError when it cannot be decoded."""
    from scriptlint.readers._blocks import document
    from scriptlint.readers._htmlblocks import reading

    decoded = raw.decoded("<")
    return document(raw, decoded, "html", reading(decoded.text, raw.options.speakers))
