"""What fuzzing starts from: the samples of each reader, taken apart so that changes reach what is packed."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

READERS = Path(__file__).parent.parent / "readers"
_SUFFIX = {
    "docx": (".docx", ".docm"),
    "html": (".html", ".xhtml"),
    "mail": (".eml", ".mhtml"),
    "markdown": (".md",),
    "pdf": (".pdf",),
    "plain": (".txt", ".log"),
    "pptx": (".pptx",),
    "structured": (".json", ".jsonl", ".yaml"),
    "subtitles": (".srt", ".vtt"),
    "table": (".csv", ".tsv"),
    "xlsx": (".xlsx",),
}
_STREAM = re.compile(rb"(<<(?:(?!endobj).)*?>>)\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


@dataclass(frozen=True)
class Sample:
    """One file to change: its name, which decides the reader, and its bytes or the parts of its archive."""

    name: str
    data: bytes
    parts: Mapping[str, bytes]
    """Of an Office file; empty for any other, whose ``data`` is changed itself."""


@cache
def samples(reader: str) -> Sequence[Sample]:
    """The samples of a reader in a fixed order, so that the number of a case always means the same case."""
    return tuple(sample for path in _paths(reader) for sample in _taken_apart(path))


def _paths(reader: str) -> Iterator[Path]:
    for path in (*sorted((READERS / reader).glob("*.*")), *sorted((READERS / "twins").glob("twin.*"))):
        if path.suffix in _SUFFIX[reader]:
            yield path


def _taken_apart(path: Path) -> Iterator[Sample]:
    data = path.read_bytes()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Sample(path.name, data, {name: archive.read(name) for name in archive.namelist()})
        return
    yield Sample(path.name, data, {})
    if path.suffix == ".pdf":
        # The places in its table no longer hold, which readers of PDF forgive by searching for the objects.
        yield Sample(path.name, _STREAM.sub(_unpacked, data), {})


def _unpacked(stream: re.Match[bytes]) -> bytes:
    head, data = stream[1], stream[2]
    if b"/FlateDecode" in head and b"/DecodeParms" not in head and b"/FontFile" not in head:
        try:
            data = zlib.decompress(data)
        except zlib.error:
            return stream[0]
        head = re.sub(rb"/Filter\s*\[?\s*/FlateDecode\s*\]?", b"", head)
        head = re.sub(rb"/Length \d+(?: \d+ R)?", b"/Length %d" % len(data), head)
    return head + b"\nstream\n" + data + b"\nendstream"


def packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip archive of these parts, not compressed, which takes longer than reading them; two may have one name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that are there already
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name or "x", (2026, 1, 1, 0, 0, 0)), content)
    return out.getvalue()
