"""JSON: strings with escapes; a number that is masked becomes a string."""

from __future__ import annotations

import json
from collections.abc import Sequence

from scriptlint.fixing._quotes import quoted
from scriptlint.fixing._writer import Writer
from scriptlint.model.document import Segment
from scriptlint.model.finding import Edit
from scriptlint.model.span import Span

FORMATS = ("json", "jsonl")


def writer(source: str) -> Writer:
    """Writes edits as parts of JSON strings."""

    def write(segment: Segment, edits: Sequence[Edit]) -> Sequence[Edit]:
        done = [edit._replace(text=json.dumps(edit.said, ensure_ascii=False)[1:-1]) for edit in edits]
        whole = segment.to_source(Span(0, len(segment.text)))
        if _is_number(source, whole):
            return quoted(done, whole)
        return done

    return write


def _is_number(source: str, span: Span) -> bool:
    if source[max(span.start - 1, 0) : span.start] == '"':
        return False
    try:
        return isinstance(json.loads(source[span.start : span.end]), int | float)
    except ValueError:
        return False
