"""Each sample under this folder is read; the segments must be those written beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scriptlint import readers
from scriptlint.model.document import Document, Prominence, Role, Segment
from scriptlint.model.span import Span

HERE = Path(__file__).parent
NO_SAMPLES = ("__pycache__", "make", "twins")
"""Folders beside those of the readers: what makes samples, and one text in every format (``test_twins``)."""
SAMPLES = sorted(
    path
    for path in HERE.glob("*/*.*")
    if not path.name.endswith(".expected.json") and path.parent.name not in NO_SAMPLES
)


def written(segment: Segment, source: str) -> dict[str, object]:
    """A segment as a person checks it; what is usual is left out."""
    span = segment.to_source(Span(0, len(segment.text)))
    shown: dict[str, object] = {"text": segment.text, "scope": str(segment.scope)}
    if segment.role is not Role.UNKNOWN:
        shown["role"] = str(segment.role)
    if segment.section:
        shown["section"] = list(segment.section)
    if segment.label:
        shown["label"] = segment.label
    if segment.record is not None:
        shown["record"] = segment.record
    if segment.locator:
        shown["locator"] = segment.locator
    if segment.prominence:
        look: Prominence = segment.prominence
        shown["look"] = {"size_pt": look.size_pt, "hidden": look.hidden, "colour": look.colour}
    if source[span.start : span.end] != segment.text:
        shown["source"] = source[span.start : span.end]
    return shown


def described(document: Document) -> str:
    """A document as JSON, one segment a line."""
    head = {
        "format": document.format,
        "front_matter": {key: list(values) for key, values in document.front_matter.items()},
        "unread": [
            [document.source[part.span.start : part.span.end] if part.span else "", part.reason]
            + ([part.locator] if part.locator else [])
            for part in document.unread
        ],
        "notes": list(document.notes),
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    segments = ",\n  ".join(
        json.dumps(written(segment, document.source), ensure_ascii=False) for segment in document.segments
    )
    return "{" + ",\n".join([*lines, f'"segments": [\n  {segments}\n]']) + "}\n"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_gives_the_expected_segments(sample: Path, update_golden: bool) -> None:
    found = described(readers.read(sample.name, sample.read_bytes()))
    golden = sample.with_name(sample.name + ".expected.json")
    if update_golden:
        golden.write_bytes(found.encode("utf-8"))
    assert json.loads(found) == json.loads(golden.read_text(encoding="utf-8"))
    assert found == golden.read_text(encoding="utf-8")


def test_every_reader_has_samples() -> None:
    assert {path.parent.name for path in SAMPLES} == set(readers.formats())
