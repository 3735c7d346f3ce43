"""Findings that an edit did not touch."""

from __future__ import annotations

from collections.abc import Iterable

from scriptlint.model.finding import Finding, Status
from scriptlint.model.record import replace
from scriptlint.model.span import Span
from scriptlint.triage.comments import FAMILY

UNCHANGED = "unchanged"

Hunks = tuple[tuple[int, int], ...]
"""First line and number of lines of each run that was added; a run of none stands after the line it names."""


def touched(source: str, hunks: Hunks) -> tuple[Span, ...]:
    """The added runs of a text. Lines end at LF, as git counts them."""
    starts = [0]
    position = source.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = source.find("\n", position + 1)

    def start(line: int) -> int:
        return starts[line - 1] if line <= len(starts) else len(source)

    # Where lines were only taken out, the two that meet now are a place to look at.
    return tuple(
        Span(start(first), start(first + count)) if count else Span(start(first + 1), start(first + 1))
        for first, count in hunks
    )


def label(findings: Iterable[Finding], spans: tuple[Span, ...], whole: frozenset[str]) -> tuple[Finding, ...]:
    """The same findings; open ones that touch no added run get a status.

    Those of the rules ``whole`` depend on all of the text (a warning is missing), and so do those about our own
    comments: they count wherever they stand.
    """
    status = Status(UNCHANGED, "stands on lines that did not change")

    def counts(finding: Finding) -> bool:
        if finding.span is None or finding.rule in whole or finding.family == FAMILY:
            return True
        places = (finding.span, *(place.span for place in finding.related))
        return any(_touch(place, span) for place in places for span in spans)

    return tuple(
        finding if finding.status.state != "open" or counts(finding) else replace(finding, status=status)
        for finding in findings
    )


def _touch(place: Span, added: Span) -> bool:
    if len(place) and len(added):
        return place.overlaps(added)
    if len(place):
        return place.start < added.start < place.end
    return added.start <= place.start <= added.end and len(added) > 0
