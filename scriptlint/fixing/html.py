"""HTML: what would be a tag or an entity is written as an entity."""

from __future__ import annotations

from collections.abc import Sequence

from scriptlint.fixing._writer import Writer
from scriptlint.model.document import Segment
from scriptlint.model.finding import Edit

FORMATS = ("html",)
# Quotation marks too: the text may stand in an attribute.
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def writer(source: str) -> Writer:  # noqa: ARG001
    """Writes edits with entities."""

    def write(segment: Segment, edits: Sequence[Edit]) -> Sequence[Edit]:  # noqa: ARG001
        return [edit._replace(text=edit.said.translate(_ENTITIES)) for edit in edits]

    return write
