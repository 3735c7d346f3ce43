"""Text in which every character stands for itself."""

from __future__ import annotations

from collections.abc import Sequence

from scriptlint.fixing._writer import Writer
from scriptlint.model.document import Segment
from scriptlint.model.finding import Edit

FORMATS = ("plain", "subtitles")


def writer(source: str) -> Writer:  # noqa: ARG001
    """Writes edits as they are."""

    def write(segment: Segment, edits: Sequence[Edit]) -> Sequence[Edit]:  # noqa: ARG001
        return edits

    return write
