"""PDF files: the text of each page in the order of reading, with what stands in notes, forms and attachments."""

from __future__ import annotations

from scriptlint.model.document import Document, ReadError
from scriptlint.readers._raw import RawFile

SUFFIXES = (".pdf",)


def read(raw: RawFile) -> Document:
    """Read a PDF. Raises ReadError when it is encrypted, damaged beyond reading, or when pypdf is not installed."""
    try:
        from scriptlint.readers._pdffile import document
    except ImportError as error:
        raise ReadError(
            "PDF files need the library pypdf, which is not installed",
            hint='install it with `pip install "scriptlint[pdf]"`, or save the file as Word or text',
        ) from error
    return document(raw)
