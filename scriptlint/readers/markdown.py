"""Markdown, read line by line with exact places. Marks are taken out, so that words they divide are whole."""

from __future__ import annotations

from scriptlint.model.document import Document
from scriptlint.readers._raw import RawFile

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")


def read(raw: RawFile) -> Document:
    """Read Markdown. Raises ReadError when it cannot be decoded."""
    from scriptlint.readers._blocks import document
    from scriptlint.readers._mdblocks import reading

    decoded = raw.decoded("<|")
    return document(raw, decoded, "markdown", reading(decoded.text, raw.options.speakers))
