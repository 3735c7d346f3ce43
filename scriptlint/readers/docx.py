"""Word documents: body, tables, text boxes, notes, headers, footers and comments, tracked insertions as accepted."""

from __future__ import annotations

from scriptlint.model.document import Document, ReadError
from scriptlint.readers._raw import RawFile

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")


def read(raw: RawFile) -> Document:
    """Read a Word document. Raises ReadError when it is none, is encrypted or damaged, or would harm the reader."""
    from scriptlint.readers._blocks import document
    from scriptlint.readers._container import with_attachments
    from scriptlint.readers._docxwalk import Walker
    from scriptlint.readers._package import Package

    try:
        walker = Walker(Package(raw.data), raw.options)
        reading = walker.reading()
    except RecursionError:
        raise ReadError("this document is nested too deeply to be read", hint="save it anew in Word") from None
    whole = document(raw, walker.page.out.decoded(), "docx", reading)
    return with_attachments(whole, walker.attachments, raw.options)
