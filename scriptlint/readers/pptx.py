"""PowerPoint presentations: every slide with its notes, comments and alternative texts, and what its layout adds."""

from __future__ import annotations

from scriptlint.model.document import Document
from scriptlint.readers._raw import RawFile

SUFFIXES = (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm")


def read(raw: RawFile) -> Document:
    """Read a presentation. Raises ReadError when it is none, is damaged or encrypted."""
    from scriptlint.readers._blocks import document
    from scriptlint.readers._container import with_attachments
    from scriptlint.readers._slides import reading

    decoded, found, attachments = reading(raw)
    read_here = document(raw, decoded, "pptx", found)
    return with_attachments(read_here, attachments, raw.options) if attachments else read_here
