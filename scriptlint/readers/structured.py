"""YAML, JSON and JSON lines: chat templates, answer lists, transcripts."""

from __future__ import annotations

from scriptlint.model.document import Document
from scriptlint.readers._raw import RawFile

SUFFIXES = (".yaml", ".yml", ".json", ".jsonl", ".ndjson")


def read(raw: RawFile) -> Document:
    """Read nested data. Raises ReadError with line and column when it cannot be parsed.

    A bad line of JSON lines is left unread and told; the others are read.
    """
    from scriptlint.readers._blocks import document
    from scriptlint.readers._structure import format_of, reading

    decoded = raw.decoded(",")
    name = format_of(raw.suffix, decoded.text)
    return document(raw, decoded, name, reading(name, decoded.text, raw.options.speakers))
