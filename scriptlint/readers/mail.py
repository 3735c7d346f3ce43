"""Mail and saved web pages (MIME): subject, text, and attachments through the reader of each."""

from __future__ import annotations

from scriptlint.model.document import Document
from scriptlint.readers._raw import RawFile

SUFFIXES = (".eml", ".mht", ".mhtml")


def read(raw: RawFile) -> Document:
    """Read a message with what is attached to it. Raises ReadError when it is none."""
    from scriptlint.readers._message import document

    return document(raw)
