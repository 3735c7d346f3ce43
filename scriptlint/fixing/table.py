"""CSV and TSV: quotation marks are doubled in quotes; a cell that needs quotes gets them."""

from __future__ import annotations

from collections.abc import Sequence

from scriptlint.fixing._quotes import quoted
from scriptlint.fixing._writer import Writer
from scriptlint.model.document import Segment
from scriptlint.model.finding import Edit
from scriptlint.model.span import Span

FORMATS = ("csv", "tsv")


def writer(source: str) -> Writer:
    """Writes edits as parts of cells."""

    def write(segment: Segment, edits: Sequence[Edit]) -> Sequence[Edit] | None:
        whole = segment.to_source(Span(0, len(segment.text)))
        if source[max(whole.start - 1, 0) : whole.start] == '"':
            return [edit._replace(text=edit.said.replace('"', '""')) for edit in edits]
        if not any(sign in edit.said for edit in edits for sign in ',;\t|"\n\r'):
            return list(edits)
        if '"' in source[whole.start : whole.end]:
            return None
        return quoted([edit._replace(text=edit.said.replace('"', '""')) for edit in edits], whole)

    return write
