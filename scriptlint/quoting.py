"""The texts of a run as reports may quote them: clean prose, with everything personal struck out.

A finding shows few words, and a rule has judged whether they tell of a person. A whole text shows all of them, so
here whatever looks like personal data is struck out: what a rule let pass, what is doubtful, what belongs to staff.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scriptlint.language.entities import find_entities, may_hold
from scriptlint.model.document import Document
from scriptlint.model.report import Quoted
from scriptlint.model.span import LineIndex, Span, merge_spans

MASK = "*"


def quoted(
    document: Document, lines: LineIndex, private: Iterable[Span], entities: Iterable[tuple[int, Span]]
) -> tuple[Quoted, ...]:
    """The segments of a document. ``private`` are places in its source, ``entities`` places in its segments."""
    hidden: dict[int, list[Span]] = {}
    for index, span in entities:
        hidden.setdefault(index, []).append(span)
    known = merge_spans(private)
    # Headings and column headers come again as the section and the label of what stands below them.
    again: dict[str, str] = {}
    found: list[tuple[int, str]] = []
    for index, segment in enumerate(document.segments):
        inside = [segment.offsets.from_source(span) for span in known]
        # Segment by segment again: rules leave out some, such as comments that speak to us.
        text = clean(struck(segment.text, [*hidden.get(index, ()), *(span for span in inside if span is not None)]))
        if text != segment.text:
            again[segment.text.strip()] = text.strip()
        found.append((index, text))
    return tuple(
        Quoted(
            text=text,
            offsets=segment.offsets,
            place=lines.position(segment.to_source(Span(0, 0)).start),
            scope=segment.scope,
            role=segment.role,
            section=tuple(again.get(heading.strip()) or clean(heading) for heading in segment.section),
            label=again.get(segment.label.strip()) or ".".join(map(clean, segment.label.split("."))),
            record=segment.record,
            locator=segment.locator,
        )
        for index, text in found
        for segment in (document.segments[index],)
    )


def clean(text: str) -> str:
    """A text, a heading or a label with whatever looks like personal data struck out."""
    if not may_hold(text):
        return text
    return struck(text, [Span(entity.start, entity.end) for entity in find_entities(text)])


def struck(text: str, spans: Sequence[Span]) -> str:
    """A text with some places struck out at equal length. Line breaks stay."""
    chars = list(text)
    for span in spans:
        for index in range(span.start, min(span.end, len(chars))):
            if chars[index] not in "\r\n":
                chars[index] = MASK
    return "".join(chars)
