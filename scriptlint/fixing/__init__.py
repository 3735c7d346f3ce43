"""Fixes as a file has to hold them: escaped as its format asks, in its encoding, and with nothing else moved.

One module a format: ``FORMATS`` names those it knows, ``writer(source)`` gives a function that takes a segment and
the edits in it and gives them back as the format writes them, or None where that cannot be done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from types import ModuleType

from scriptlint import registry
from scriptlint.fixing._apply import Bytes, apply, byte_form, shifted, unlike
from scriptlint.fixing._writer import Writer
from scriptlint.model.document import Document, Segment
from scriptlint.model.finding import Edit, Finding, Fix, by_place
from scriptlint.model.record import replace
from scriptlint.model.span import Span

__all__ = ["Bytes", "apply", "byte_form", "fixable", "shifted", "unlike", "written"]


def fixable(format: str) -> bool:
    """True for formats whose text is the file: only there does a place in the text say where to write."""
    return _module(format) is not None


def written(document: Document, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The same findings with their fixes as this file writes them. A fix it has no way to write is left out."""
    listed = tuple(findings)
    if not any(finding.fixes for finding in listed):
        return listed
    module = _module(document.format)
    if module is None:
        return tuple(replace(finding, fixes=()) if finding.fixes else finding for finding in listed)
    places = _Places(document)
    writer: Writer = module.writer(document.source)
    return tuple(
        replace(finding, fixes=tuple(_written(finding.fixes, places, writer))) if finding.fixes else finding
        for finding in listed
    )


def _written(fixes: Iterable[Fix], places: _Places, writer: Writer) -> Iterable[Fix]:
    for fix in fixes:
        edits: list[Edit] = []
        for segment, inside in places.grouped(fix.edits):
            done = writer(segment, inside) if segment is not None else None
            if done is None:
                break
            edits.extend(done)
        else:
            yield replace(fix, edits=tuple(sorted(edits, key=by_place)))


class _Places:
    """Which segment of a document an edit falls in."""

    def __init__(self, document: Document) -> None:
        self._segments = [
            (segment.to_source(Span(0, len(segment.text))), segment) for segment in document.segments if segment.text
        ]

    def grouped(self, edits: Sequence[Edit]) -> list[tuple[Segment | None, list[Edit]]]:
        """Edits of one segment together, segments in order of their first edit."""
        groups: list[tuple[Segment | None, list[Edit]]] = []
        for edit in edits:
            segment = self._of(edit.span)
            if groups and groups[-1][0] is segment:
                groups[-1][1].append(edit)
            else:
                groups.append((segment, [edit]))
        return groups

    def _of(self, span: Span) -> Segment | None:
        around = [
            (len(place), place.start, index) for index, (place, _) in enumerate(self._segments) if place.contains(span)
        ]
        # What is inserted stands behind the words before it.
        around = [item for item in around if len(span) or item[1] < span.start] or around
        return self._segments[min(around)[2]][1] if around else None


@cache
def _module(format: str) -> ModuleType | None:
    modules = (registry.load(__name__, name) for name in registry.names(__name__))
    return next((module for module in modules if format in module.FORMATS), None)
