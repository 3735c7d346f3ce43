"""Excel workbooks: the cells of every sheet, as people see them, with comments, text boxes and page headers."""

from __future__ import annotations

from scriptlint.model.document import Document
from scriptlint.readers._raw import RawFile

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")


def read(raw: RawFile) -> Document:
    """Read a workbook. Raises ReadError when it is none, is damaged or encrypted."""
    from scriptlint.readers._blocks import document
    from scriptlint.readers._collector import paused
    from scriptlint.readers._container import with_attachments
    from scriptlint.readers._sheets import reading

    with paused():
        decoded, found, attachments = reading(raw)
        read_here = document(raw, decoded, "xlsx", found)
    return with_attachments(read_here, attachments, raw.options) if attachments else read_here
