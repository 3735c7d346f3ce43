"""Writes small PDFs by hand, to have in them exactly what a test needs."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SONG = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /GBK-EUC-H /DescendantFonts [<< /Type /Font "
    "/Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 "
    ">> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /Ascent 880 /Descent -120 "
    "/ItalicAngle 0 /StemV 90 /CapHeight 880 /FontBBox [-100 -200 1100 900] >> >>] >>"
)
"""A Chinese font that every viewer has, without a map to Unicode: the text is in GBK."""


@dataclass
class RawPage:
    """A page: what it draws, and entries of its dictionary and resources as PDF writes them."""

    content: str = ""
    entries: str = ""
    resources: str = ""
    objects: Sequence[tuple[str, bytes | None]] = field(default_factory=tuple)
    """More objects, a dictionary with a stream or without; ``{0}`` in the entries is the number of the first."""


def shown(text: str) -> str:
    """A string of GBK text as the operators take it."""
    return f"<{text.encode('gbk').hex()}>"


def at(x: float, y: float, text: str, size: float = 12, more: str = "") -> str:
    """Text drawn at a place; ``more`` are operators that hold for it alone."""
    return f"q {more} BT /F1 {size} Tf {x} {y} Td {shown(text)} Tj ET Q\n"


def pdf(pages: Sequence[RawPage], root: str = "", trailer: str = "", objects: Mapping[int, str] | None = None) -> bytes:
    """A PDF of these pages. Objects 1 to 3 are the catalogue, the page tree and the font ``F1``.

    ``root`` and ``trailer`` are further entries; ``objects`` are further objects from number 500 on.
    """
    bodies: dict[int, bytes] = {3: SONG.encode()}
    kids: list[int] = []
    number = 4
    for page in pages:
        own, stream, first = number, number + 1, number + 2
        kids.append(own)
        numbers = [first + index for index in range(len(page.objects))]
        fonts = "" if "/Font" in page.resources else "/Font << /F1 3 0 R >>"
        data = zlib.compress(page.content.encode("latin-1"))
        bodies[stream] = _stream("/Filter /FlateDecode", data)
        for place, (entries, inner) in zip(numbers, page.objects, strict=True):
            said = _numbered(entries, numbers)
            bodies[place] = f"<< {said} >>".encode() if inner is None else _stream(said, inner)
        bodies[own] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents {stream} 0 R "
            f"/Resources << {fonts} {_numbered(page.resources, numbers)} >> "
            f"{_numbered(page.entries, numbers)} >>"
        ).encode()
        number = first + len(page.objects)
    bodies[1] = f"<< /Type /Catalog /Pages 2 0 R {root} >>".encode()
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    bodies[2] = f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>".encode()
    bodies.update({place: body.encode() for place, body in (objects or {}).items()})
    return _file(bodies, trailer)


def _numbered(text: str, numbers: Sequence[int]) -> str:
    for index, number in enumerate(numbers):
        text = text.replace(f"{{{index}}}", f"{number} 0 R")
    return text


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(bodies: Mapping[int, bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number in sorted(bodies):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + bodies[number] + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number in sorted(places):
        out += f"{number} 1\n{places[number]:010} 00000 n \n".encode()
    size = max(places) + 1
    out += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
