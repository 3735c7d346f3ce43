"""CSV and TSV: answer lists and transcripts kept in spreadsheets."""

from __future__ import annotations

from scriptlint.model.document import Document
from scriptlint.readers._raw import RawFile

SUFFIXES = (".csv", ".tsv", ".tab")


def read(raw: RawFile) -> Document:
    """Read a table of text. Raises ReadError when it cannot be decoded."""
    from scriptlint.readers._blocks import document
    from scriptlint.readers._rows import reading

    decoded = raw.decoded()
    tabs = raw.suffix in (".tsv", ".tab")
    name = "tsv" if tabs else "csv"
    return document(raw, decoded, name, reading(decoded.text, raw.options.speakers, tabs=tabs))
