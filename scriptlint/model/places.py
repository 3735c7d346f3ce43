"""Places in the units that other programs count in. Reports never see the source, so this is done before."""

from __future__ import annotations

from scriptlint.model.finding import Edit, Finding
from scriptlint.model.record import replace
from scriptlint.model.span import LineIndex, Span, utf8_columns


def placed(findings: tuple[Finding, ...], source: str, lines: LineIndex) -> tuple[Finding, ...]:
    """The same findings with every place in all units that reports count in."""
    edits = [edit for finding in findings for fix in finding.fixes for edit in fix.edits]
    others = [place.span for finding in findings for place in finding.related]
    spans = [*(finding.span for finding in findings if finding.span), *others, *(edit.span for edit in edits)]
    columns = utf8_columns(source, lines, (offset for span in spans for offset in (span.start, span.end)))

    def utf8(span: Span) -> tuple[int, int]:
        return columns[span.start], columns[span.end]

    def put(edit: Edit) -> Edit:
        start, end = lines.position(edit.span.start), lines.position(edit.span.end)
        return edit._replace(start=start, end=end, utf8=utf8(edit.span))

    return tuple(
        replace(
            finding,
            utf8=utf8(finding.span) if finding.span else None,
            related=tuple(place._replace(utf8=utf8(place.span)) for place in finding.related),
            fixes=tuple(replace(fix, edits=tuple(map(put, fix.edits))) for fix in finding.fixes),
        )
        for finding in findings
    )
